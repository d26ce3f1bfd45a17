import { runService } from '@kasir/platform';
import { name, startGateway } from './app.module.js';
import { gatewayConfig } from './config.js';

await runService({
  service: name,
  main: ({ env, logger, fail, signal }) => startGateway(gatewayConfig(env), { logger, fail, signal }),
});
