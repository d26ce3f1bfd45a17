import { systemClock } from '@kasir/kernel';
import { loadConfig, runService } from '@kasir/platform';
import { startService } from '@kasir/service';
import { orderWith } from './app.module.js';
import { settings } from './config.js';

const service = 'order';

await runService({
  service,
  main: ({ env, logger, fail, signal }) => {
    const config = loadConfig(service, settings, env);
    return startService(orderWith(config), { config, clock: systemClock, logger, fail, signal });
  },
});
