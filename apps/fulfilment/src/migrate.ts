import { runMigrations } from '@kasir/service';
import { migrations, fulfilment } from './app.module.js';

await runMigrations(fulfilment.name, migrations);
