import { runMigrations } from '@kasir/service';
import { migrations, order } from './app.module.js';

await runMigrations(order.name, migrations);
