import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/start/main.mjs', build: true });
