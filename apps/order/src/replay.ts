import { loadConfig } from '@kasir/platform';
import { runReplay } from '@kasir/service';
import { orderWith } from './app.module.js';
import { settings } from './config.js';

const service = 'order';

await runReplay(service, (env) => {
  const config = loadConfig(service, settings, env);
  return { config, definition: orderWith(config) };
});
