import { type TopicContract } from '@kasir/contracts';
import { type ServiceDefinition, type ServiceParts } from '@kasir/service';
import { startUnderTest, type UnderTest } from './under-test.js';

/** A service that has warmed up before it was ready, and what that has left behind. */
export interface WarmedUp {
  readonly world: UnderTest;
  /** How often its warm-up ran to its end. */
  readonly runs: number;
  readonly lines: readonly string[];
  /** The tables that are not as they were. */
  readonly changed: readonly string[];
}

type Committed = ServiceParts['committed'];

const enough = 5;

export async function startWarmedUp(
  definition: ServiceDefinition,
  listenTo: readonly TopicContract[],
): Promise<WarmedUp> {
  let runs = 0;
  const lines: string[] = [];
  let committed: Committed | undefined;
  let before: Contents = {};
  const counting: ServiceDefinition = {
    ...definition,
    wire: (parts) => {
      const { warmUp, ...wiring } = definition.wire(parts);
      if (warmUp === undefined) throw new Error(`${definition.name} has no warm-up`);
      committed = parts.committed;
      return {
        ...wiring,
        warmUp: async () => {
          before = await contentsOf(parts.committed);
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
  const after = await contentsOf(committed!);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  return { world, runs, lines, changed };
}

/** A digest of every table's rows. */
type Contents = Readonly<Record<string, string | null>>;

async function contentsOf(committed: Committed): Promise<Contents> {
  const tables = await committed.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const contents: Record<string, string | null> = {};
  for (const { name } of tables) {
    const [row] = await committed.query<{ digest: string | null }>(
      `select md5(string_agg(row::text, ',' order by row::text)) as digest from "${name}" as row`,
    );
    contents[name] = row?.digest ?? null;
  }
  return contents;
}
