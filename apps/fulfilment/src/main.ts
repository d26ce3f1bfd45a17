import { systemClock } from '@kasir/kernel';
import { loadConfig, runService } from '@kasir/platform';
import { startService } from '@kasir/service';
import { fulfilment } from './app.module.js';
import { settings } from './config.js';

await runService({
  service: fulfilment.name,
  main: ({ env, logger, fail, signal }) =>
    startService(fulfilment, {
      config: loadConfig(fulfilment.name, settings, env),
      clock: systemClock,
      logger,
      fail,
      signal,
    }),
});
