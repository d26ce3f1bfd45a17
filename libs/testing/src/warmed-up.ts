import { type TopicContract } from '@kasir/contracts';
import { type ServiceDefinition } from '@kasir/service';
import { queryOnce } from './database.js';
import { startUnderTest, type UnderTest } from './under-test.js';

/** A service that has warmed up before it was ready, and what that has left behind. */
export interface WarmedUp {
  readonly world: UnderTest;
  /** How often its warm-up ran to its end. */
  readonly runs: number;
  readonly lines: readonly string[];
  /** The tables that are not empty. */
  readonly filled: readonly string[];
}

const enough = 5;

export async function startWarmedUp(
  definition: ServiceDefinition,
  listenTo: readonly TopicContract[],
): Promise<WarmedUp> {
  let runs = 0;
  const lines: string[] = [];
  const counting: ServiceDefinition = {
    ...definition,
    wire: (parts) => {
      const { warmUp, ...wiring } = definition.wire(parts);
      if (warmUp === undefined) throw new Error(`${definition.name} has no warm-up`);
      return {
        ...wiring,
        warmUp: async () => {
          const inner = await warmUp();
          const run: typeof inner.run = async (rehearsed) => {
            if (runs >= enough) return;
            await inner.run(rehearsed);
            runs += 1;
          };
          return { ...inner, run };
        },
      };
    },
  };
  const onLine = (line: string): void => void lines.push(line);
  const world = await startUnderTest(counting, { listenTo, warmUpSeconds: 60, onLine });
  return { world, runs, lines, filled: await filledTables(world.databaseUrl) };
}

async function filledTables(databaseUrl: string): Promise<string[]> {
  const tables = await queryOnce<{ name: string }>(
    databaseUrl,
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations' order by 1`,
  );
  const filled: string[] = [];
  for (const { name } of tables)
    if ((await queryOnce(databaseUrl, `select 1 from "${name}" limit 1`)).length > 0) filled.push(name);
  return filled;
}
