import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/drills/main.mjs', build: true });
