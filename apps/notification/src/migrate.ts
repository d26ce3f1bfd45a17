import { runMigrations } from '@kasir/service';
import { migrations } from './app.module.js';

await runMigrations('notification', migrations);
