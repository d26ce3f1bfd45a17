import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/docs/performance.mjs', build: true });
