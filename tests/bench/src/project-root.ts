import { fileURLToPath } from 'node:url';

/** The folder of this repository, as seen from the compiled file. */
export const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
