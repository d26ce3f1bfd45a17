import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/bench/main.mjs', build: true });
