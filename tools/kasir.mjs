import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'apps/cli/dist/main.js', build: true });
