import { systemClock } from '@kasir/kernel';
import { loadConfig, runService } from '@kasir/platform';
import { startService } from '@kasir/service';
import { paymentSession } from './app.module.js';
import { settings } from './config.js';

const service = 'payment-session';

await runService({
  service,
  main: ({ env, logger, fail, signal }) => {
    const config = loadConfig(service, settings, env);
    return startService(paymentSession(config), { config, clock: systemClock, logger, fail, signal });
  },
});
