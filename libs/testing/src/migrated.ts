import { freshDatabase } from './database.js';

/** What of TypeORM a fresh, migrated database needs. */
interface Migrator {
  initialize(): Promise<unknown>;
  runMigrations(): Promise<unknown>;
  destroy(): Promise<void>;
}

/** A new database of its own that a service's migrations have run on. @returns its URL */
export async function migratedDatabase(dataSourceOf: (url: string) => Migrator): Promise<string> {
  const url = await freshDatabase();
  const dataSource = dataSourceOf(url);
  await dataSource.initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
  return url;
}
