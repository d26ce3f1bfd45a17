import { runMigrations } from '@kasir/service';
import { migrations } from './app.module.js';

await runMigrations('payment-session', migrations);
