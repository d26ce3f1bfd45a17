import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/contracts/dist/topics/main.js', build: true });
