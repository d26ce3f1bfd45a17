import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/fuzz/main.mjs', build: true });
