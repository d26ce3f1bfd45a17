import { type ReaderName } from '@kasir/contracts';
import { ConfigError, createLogger, loadConfig } from '@kasir/platform';
import { connect, dataSourceOf, type Migration } from './data-source.js';
import { migrationSettings } from './settings.js';

/** The same number everywhere: migrations of one database wait for each other, whoever runs them. */
const migrationLock = 7_261_001;

/** Brings a service's database up to its program and ends the process. Several may run at once: one works, the others find nothing to do. */
export async function runMigrations(service: ReaderName, migrations: readonly Migration[]): Promise<void> {
  const logger = createLogger(service);
  try {
    const { DATABASE_URL } = loadConfig(service, migrationSettings, process.env);
    const dataSource = dataSourceOf(DATABASE_URL, migrations, `${service}-migrate`, { statementMs: 0, lockMs: 0 });
    await connect(dataSource, DATABASE_URL, logger);
    const lock = dataSource.createQueryRunner();
    await lock.query('select pg_advisory_lock($1)', [migrationLock]);
    const applied = await dataSource.runMigrations();
    await lock.release();
    await dataSource.destroy();
    logger.info({ applied: applied.map(({ name }) => name) }, `the database of ${service} is up to date`);
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else logger.fatal({ err: error }, `the migrations of ${service} failed`);
    process.exitCode = 1;
  }
}
