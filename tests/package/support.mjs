// Where the built things lie, for the tests of this folder.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The npm package under test. */
export const packageFolder = resolve(process.env.BEARPROOF_PACKAGE ?? join(root, 'build/npm/bearproof'));

/** The native program that the package is compared with. */
export const nativeProgram = resolve(process.env.BEARPROOF_NATIVE ?? join(root, 'build/native-release/bearproof'));

/** Suites and examples that may lie beside the checkout. */
export const sharedFolder = resolve(root, '../shared');

export const packageUrl = (file) => pathToFileURL(join(packageFolder, file));

/** The package as someone who installed it gets it. */
export const { load } = await import(packageUrl('index.js').href);

export const encode = (text) => new TextEncoder().encode(text);

/** Every file below a folder whose name ends with one of the suffixes, sorted by path. */
export const filesBelow = (folder, suffixes = ['.json']) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && suffixes.some((suffix) => entry.name.endsWith(suffix)))
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .sort()
    : [];
