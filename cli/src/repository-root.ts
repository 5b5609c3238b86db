import { fileURLToPath } from 'node:url';

/** Where the checkout lies, whatever folder the command was called from. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
