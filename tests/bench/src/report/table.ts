import { cpuOfSystem } from '../figures/leg.js';
import { type BenchResult, legsOf } from '../run/bench.js';

/** One line for each leg, then what each stint found beside its legs. */
export function printTable({ stints }: BenchResult): void {
  console.table(
    stints.flatMap((stint) =>
      legsOf(stint).map((leg) => ({
        system: `${stint.system} ${stint.run}`,
        rate: leg.rate ?? '-',
        paid: leg.paid,
        'in time %': Number((leg.achieved * 100).toFixed(1)),
        'POST p50': leg.post?.p50,
        'POST p99': leg.post?.p99,
        'e2e p50': leg.e2e?.p50,
        'e2e p95': leg.e2e?.p95,
        'e2e p99': leg.e2e?.p99,
        'e2e max': leg.e2e?.max,
        'CPU ms': cpuOfSystem(leg),
        SQL: leg.perPayment.statements,
        commits: leg.perPayment.commits,
        fsyncs: leg.perPayment.fsyncs,
        records: leg.perPayment.records,
        offsets: leg.perPayment.offsetRecords,
        'others %': Number((leg.othersCpu * 100).toFixed(1)),
      })),
    ),
  );
  for (const { system, run, knee, cold, rest } of stints) {
    const name = `${system} ${run}`;
    if (knee)
      console.log(
        `${name}: knee ${knee.rate ?? 'below what was tried'}/s, to ${Math.round((knee.within - 1) * 100)} %`,
      );
    if (cold)
      console.log(
        `${name}: POST p50 at 25/s ${cold.coldPostP50Ms} ms right after ready, ${cold.warmPostP50Ms} ms warm`,
      );
    if (rest)
      console.log(`${name}: at rest ${rest.commitsPerSecond} commits/s; CPU % ${JSON.stringify(rest.cpuPercent)}`);
  }
}
