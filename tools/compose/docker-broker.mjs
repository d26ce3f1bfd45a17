import { bootstrap } from '../bootstrap/bootstrap.mjs';

await bootstrap({ script: 'tools/compose/docker-broker/main.mjs', build: true });
