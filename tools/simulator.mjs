import { join } from 'node:path';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { root } from './bootstrap/project-root.mjs';

// Whoever brings no keys gets a pair that is made once.
if (!process.argv.includes('--keys')) process.argv.push('--keys', join(root, '.local', 'simulator'));
await bootstrap({ script: 'apps/antom-simulator/dist/main.js', build: true });
