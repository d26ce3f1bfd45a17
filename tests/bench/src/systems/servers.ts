import { join } from 'node:path';
import { openRunFolder, startKafka, startPostgres } from '@kasir/local-stack';
import { root } from '../project-root.js';
import { type Servers } from './system.js';

export interface BenchServers extends Servers {
  readonly folder: string;
  readonly kafkaPid: number;
  readonly postgresPid: number;
  readonly versions: { readonly kafka: string; readonly postgres: string };
}

/** One broker and one PostgreSQL of the run's own, with durable commits, for all systems by turns. */
export async function withServers<Result>(work: (servers: BenchServers) => Promise<Result>): Promise<Result> {
  const run = await openRunFolder(join(root, '.local'), 'bench');
  const endings: (() => Promise<void>)[] = [() => run.remove()];
  try {
    const kafka = await startKafka({
      folder: join(run.folder, 'kafka'),
      cacheFolder: join(root, '.local', 'cache'),
      port: 0,
      heapMegabytes: 256,
    });
    endings.unshift(() => kafka.stop());
    const postgres = await startPostgres({
      folder: join(run.folder, 'postgres'),
      port: 0,
      settings: { shared_preload_libraries: 'pg_stat_statements', max_connections: '400' },
    });
    endings.unshift(() => postgres.stop());
    return await work({
      folder: run.folder,
      brokers: kafka.brokers,
      adminUrl: postgres.adminUrl,
      kafkaPid: kafka.pid()!,
      postgresPid: postgres.pid()!,
      versions: { kafka: kafka.version, postgres: postgres.version },
    });
  } finally {
    for (const end of endings) await end();
  }
}
