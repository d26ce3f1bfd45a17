import { join } from 'node:path';
import { startKafka, startPostgres } from '@kasir/local-stack';
import { root } from '../bootstrap/project-root.mjs';

/**
 * Starts a broker and a database for one run, unless TEST_KAFKA_BROKERS or TEST_POSTGRES_ADMIN_URL name others.
 * @param endings hears how to stop each, as soon as it runs
 */
export async function startServers(folder, endings) {
  const log = (line) => console.error(line);
  const started = await Promise.allSettled([
    startKafka({
      folder: join(folder, 'kafka'),
      cacheFolder: join(root, '.local', 'cache'),
      brokers: process.env.TEST_KAFKA_BROKERS?.split(','),
      port: 0,
      heapMegabytes: 256,
      log,
    }),
    startPostgres({
      folder: join(folder, 'postgres'),
      adminUrl: process.env.TEST_POSTGRES_ADMIN_URL,
      port: 0,
      fsync: false,
      log,
    }),
  ]);
  for (const { value } of started) if (value !== undefined) watch(value, endings);
  for (const { reason } of started) if (reason !== undefined) throw reason;
  const [kafka, postgres] = started.map(({ value }) => value);
  return {
    versions: `Apache Kafka ${kafka.version} at ${kafka.brokers.join(',')}, PostgreSQL ${postgres.version} at ${new URL(postgres.adminUrl).host}`,
    kafka: kafka.version,
    postgres: postgres.version,
    env: { TEST_KAFKA_BROKERS: kafka.brokers.join(','), TEST_POSTGRES_ADMIN_URL: postgres.adminUrl },
  };
}

function watch(server, endings) {
  endings.push(() => server.stop());
  void server.crashed.then(() => console.error(`crashed: ${server.describe}`));
}
