import { runMigrations } from '@kasir/service';
import { migrations, name } from './app.module.js';

await runMigrations(name, migrations);
