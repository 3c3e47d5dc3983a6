// What the scripts of tools/new/ share.
import { parseArgs } from 'node:util';

/** A text that somebody has to write; tests fail while there is one. */
export const todo = (what) => `TODO: ${what}`;

/** Ends the program because of what was asked for. */
export function refuse(message) {
  console.error(message);
  process.exit(2);
}

/**
 * Reads the command line, or refuses it.
 * @param {import('node:util').ParseArgsOptionsConfig} options
 * @param {string} usage
 * @returns {{ name: string, values: Record<string, any> }} the one argument that is no option, and the options
 */
export function readCommandLine(options, usage) {
  let parsed;
  try {
    parsed = parseArgs({ allowPositionals: true, options });
  } catch (error) {
    refuse(`${error.message}\n${usage}`);
  }
  if (parsed.positionals.length !== 1) refuse(usage);
  return { name: parsed.positionals[0], values: parsed.values };
}
