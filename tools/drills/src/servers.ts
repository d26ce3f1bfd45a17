import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type KafkaHandle, openRunFolder, type PostgresHandle, startKafka, startPostgres } from '@kasir/local-stack';

const local = fileURLToPath(new URL('../../../.local', import.meta.url));

export interface Servers {
  readonly kafka: KafkaHandle;
  readonly postgres: PostgresHandle;
  /** For the logs of processes. */
  readonly folder: string;
}

/** A broker and a database that a drill may kill. Kafka keeps its data over restarts; commits wait for no disk. */
export async function openServers(): Promise<Servers & { close(): Promise<void> }> {
  const run = await openRunFolder(local, 'drills');
  const [kafka, postgres] = await Promise.all([
    startKafka({
      folder: join(run.folder, 'kafka'),
      cacheFolder: join(local, 'cache'),
      port: 0,
      heapMegabytes: 256,
    }),
    startPostgres({ folder: join(run.folder, 'postgres'), port: 0, fsync: false }),
  ]);
  return {
    kafka,
    postgres,
    folder: run.folder,
    async close() {
      await Promise.all([kafka.stop(), postgres.stop()]);
      await run.remove();
    },
  };
}
