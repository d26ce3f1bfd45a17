import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/planted-defects/runner/main.mjs', build: true });
