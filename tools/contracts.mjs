import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/contracts/dist/main.js', build: true });
