import { bootstrap } from './bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/interop-java/main.mjs', build: true });
