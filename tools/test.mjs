import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/test/main.mjs', build: true });
