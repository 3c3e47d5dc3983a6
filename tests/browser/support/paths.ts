// Where what is tested lies.
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const webFolder = process.env['BEARPROOF_WEB'] ?? `${root}build/web`;
export const packageFolder = process.env['BEARPROOF_PACKAGE'] ?? `${root}build/npm/bearproof`;
