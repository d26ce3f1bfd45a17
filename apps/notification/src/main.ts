import { systemClock } from '@kasir/kernel';
import { loadConfig, runService } from '@kasir/platform';
import { startService } from '@kasir/service';
import { notification } from './app.module.js';
import { settings } from './config.js';

const service = 'notification';

await runService({
  service,
  main: ({ env, logger, fail, signal }) => {
    const config = loadConfig(service, settings, env);
    return startService(notification(config), { config, clock: systemClock, logger, fail, signal });
  },
});
