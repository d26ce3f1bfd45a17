import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/check/main.mjs' });
