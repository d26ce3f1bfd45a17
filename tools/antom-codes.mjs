import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/antom-codes/main.mjs', build: true });
