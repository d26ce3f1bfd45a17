import { cpuOfSystem } from '../figures/leg.js';
import { meanAt, meanKnee, type Numbers, numbersOf, p50, p99 } from '../figures/numbers.js';
import { type BenchResult } from '../run/bench.js';
import { commonRate } from '../run/plan.js';

interface Row {
  readonly figure: string;
  readonly shown: (numbers: Numbers) => string | undefined;
  readonly required: string;
  /** Undefined where the run did not measure it. */
  readonly met: (numbers: Numbers) => boolean | undefined;
}

const both = (first: boolean | undefined, second: boolean | undefined) =>
  first === undefined || second === undefined ? undefined : first && second;
const atMost = (value: number | undefined, limit: number) => (value === undefined ? undefined : value <= limit);
const atLeast = (value: number | undefined, limit: number) => (value === undefined ? undefined : value >= limit);
const pair = (first: number | undefined, second: number | undefined, unit = '') =>
  first === undefined || second === undefined ? undefined : `${first}${unit} / ${second}${unit}`;

/** What issue 12 asks for. */
const rows: readonly Row[] = [
  {
    figure: "knee, of the floor's / of the usual way's",
    shown: ({ kneeOfFloor, kneeOfUsualWay }) => pair(kneeOfFloor, kneeOfUsualWay),
    required: '≥ 0.10 / ≥ 0.4',
    met: ({ kneeOfFloor, kneeOfUsualWay }) => both(atLeast(kneeOfFloor, 0.1), atLeast(kneeOfUsualWay, 0.4)),
  },
  {
    figure: `e2e p50 / p99 at ${commonRate}/s, of the floor's`,
    shown: ({ p50OfFloor, p99OfFloor }) => pair(p50OfFloor, p99OfFloor, ' ×'),
    required: '≤ 5 × / ≤ 5 ×',
    met: ({ p50OfFloor, p99OfFloor }) => both(atMost(p50OfFloor, 5), atMost(p99OfFloor, 5)),
  },
  {
    figure: `commits / offset records per payment at ${commonRate}/s`,
    shown: ({ commits, offsetRecords }) => pair(commits, offsetRecords),
    required: '≤ 30 / ≤ 5',
    met: ({ commits, offsetRecords }) => both(atMost(commits, 30), atMost(offsetRecords, 5)),
  },
  {
    figure: "commits/s at rest, without the subscriber's database",
    shown: ({ commitsAtRest }) => commitsAtRest?.toString(),
    required: '≤ 5',
    met: ({ commitsAtRest }) => atMost(commitsAtRest, 5),
  },
  {
    figure: 'CPU of each service at rest, % of a core',
    shown: ({ idleCpuLeast, idleCpu }) => (idleCpu === undefined ? undefined : `${idleCpuLeast} to ${idleCpu}`),
    required: '≤ 1',
    met: ({ idleCpu }) => atMost(idleCpu, 1),
  },
  {
    figure: '25/s for 20 s right after ready, POST p50; of the warm one',
    shown: ({ coldPostMs, coldOfWarm }) => (coldPostMs === undefined ? undefined : `${coldPostMs} ms; ${coldOfWarm} ×`),
    required: '≤ 5 ×',
    met: ({ coldOfWarm }) => atMost(coldOfWarm, 5),
  },
];

export interface Results {
  readonly before?: BenchResult;
  readonly now?: BenchResult;
}

/** docs/performance.md, out of docs/proof. */
export function performancePage({ before, now }: Results): string {
  const [old, fresh] = [before && numbersOf(before), now && numbersOf(now)];
  const table = rows.map(({ figure, shown, required, met }) => {
    const answer = fresh && met(fresh);
    const verdict = answer === undefined ? '' : answer ? 'yes' : '**no**';
    return [figure, (old && shown(old)) ?? '–', (fresh && shown(fresh)) ?? '–', required, verdict];
  });
  return [
    '# Performance',
    '',
    '<!-- Printed by `npm run docs:performance` from docs/proof; do not edit. -->',
    '',
    ...introduction,
    '',
    ...markdownTable(['figure', 'version 1', 'now', 'required', 'met?'], table),
    '',
    ...(now ? [...section('Now', now), ''] : []),
    ...(before ? [...section('Version 1', before), ''] : []),
    ...method,
    '',
  ].join('\n');
}

const introduction = [
  'What one payment costs through everything: gateway, payment-session, notification, order, a subscriber, Kafka, PostgreSQL and the',
  'simulator as the bank, all on one machine. Absolute figures depend on that machine and on what else it does, so each run also measures,',
  'by turns, a bare floor and the usual way to write the same four services, and the figures to look at are ratios within one run.',
];

function section(title: string, result: BenchResult): string[] {
  const { measured, measuredAt, machine, mode, stints } = result;
  const systems = ['floor', 'usual-way', 'kasir'].filter((name) => stints.some(({ system }) => system === name));
  const lines = systems.map((name) => {
    const of = stints.filter(({ system }) => system === name);
    const at = (figure: Parameters<typeof meanAt>[1]) => shown(meanAt(of, figure));
    const requests = at(({ perPayment }) => sum(perPayment.requests));
    const { statements, commits, fsyncs, records } = {
      statements: at(({ perPayment }) => perPayment.statements),
      commits: at(({ perPayment }) => perPayment.commits),
      fsyncs: at(({ perPayment }) => perPayment.fsyncs),
      records: at(({ perPayment }) => perPayment.records),
    };
    const cells = [
      shown(meanKnee(of)),
      at(p50),
      at(p99),
      at(cpuOfSystem),
      statements,
      commits,
      fsyncs,
      requests,
      records,
    ];
    return [name, ...cells];
  });
  return [
    `## ${title}`,
    '',
    `Commit \`${measured.commit.slice(0, 7)}\`${measured.changed ? ' with changes' : ''}, ${measuredAt.slice(0, 10)}, ${String(machine['cores'])} cores (${String(machine['cpu'])}), ` +
      `Node ${String(machine['node'])}, a ${mode} run of ${result.tookMinutes} minutes: \`${result.command}\`.`,
    ...(result.void.length > 0 ? ['', `**This run is void**: ${result.void.join('; ')}.`] : []),
    '',
    ...markdownTable(
      [
        `at ${commonRate}/s, per payment`,
        'knee, /s',
        'e2e p50, ms',
        'e2e p99, ms',
        'CPU, ms',
        'SQL statements',
        'commits',
        'fsyncs',
        'Kafka requests',
        'records',
      ],
      lines,
    ),
  ];
}

const sum = (requests: Readonly<Record<string, number>> | undefined) =>
  requests && Object.values(requests).reduce((all, count) => all + count, 0);
const shown = (value: number | undefined) => value?.toString() ?? '–';

const method = [
  '## How it is measured',
  '',
  '- Buyers come at a constant rate, whatever became of those before them, and a latency counts from the moment the POST was due. The buyer',
  '  pays as soon as the app has its 201. End to end is from there until `OrderPaid` is read from the topic. Tokens are signed before.',
  '- The services are compiled code in their own processes, as in production; commits are durable. Everything is warm unless the figure is',
  '  about a cold start.',
  '- The knee is the highest rate with an end-to-end p99 of at most 1 s, 98 % of the payments paid in time and none missing. Percentiles come',
  '  from at least 1,200 payments.',
  '- CPU is what the system took from the kernel (`/proc/<pid>/stat`) during a leg, at rest included, divided by the payments; the',
  '  generator, which stands for the buyers, is left out. The requests of the bench itself are left out, too.',
  '- After each leg the payments created, the orders in `OrderPaid` and the charges in the bank’s ledger must be the same, each once.',
  '- A run is void when other processes used more than 10 % of the CPU during a leg, or when the floor’s CPU per payment at 20/s differs by',
  '  more than 10 % between its runs. CPU per payment is compared because it moves less than latency where a machine is shared.',
  '- `npm run bench -- payments --help` names what else can be measured.',
];

const markdownTable = (head: readonly string[], lines: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---').join('|')}|`,
  ...lines.map((cells) => `| ${cells.join(' | ')} |`),
];
