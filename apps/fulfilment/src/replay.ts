import { loadConfig } from '@kasir/platform';
import { runReplay } from '@kasir/service';
import { fulfilment } from './app.module.js';
import { settings } from './config.js';

await runReplay(fulfilment.name, (env) => ({
  config: loadConfig(fulfilment.name, settings, env),
  definition: fulfilment,
}));
