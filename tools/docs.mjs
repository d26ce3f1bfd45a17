import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/docs/main.mjs', build: true });
