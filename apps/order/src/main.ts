import { systemClock } from '@kasir/kernel';
import { loadConfig, runService } from '@kasir/platform';
import { startService } from '@kasir/service';
import { order } from './app.module.js';
import { settings } from './config.js';

await runService({
  service: order.name,
  main: ({ env, logger, fail }) =>
    startService(order, { config: loadConfig(order.name, settings, env), clock: systemClock, logger, fail }),
});
