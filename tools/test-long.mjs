import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/test-long/main.mjs', build: true });
