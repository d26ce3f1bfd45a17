import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/simulate/main.mjs', build: true });
