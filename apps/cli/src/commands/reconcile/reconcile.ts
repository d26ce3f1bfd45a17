import { basename } from 'node:path';
import { type Console, defineCommand, UsageError } from '../../command.js';
import { readBytes } from '../../files.js';
import { inColumns } from '../../in-columns.js';
import { jsonOption, type OperatorDoor, urlOption, withOperator } from '../../operator/operator-of.js';
import { CsvProblem } from './csv.js';
import { type Layout, type LayoutName, layouts } from './layouts.js';
import { readSettlement, type SettledRow, type SettlementFile } from './settlement-file.js';
import { askThirdWitness } from './third-witness.js';

interface Difference {
  readonly finding: string;
  readonly ours: string;
  readonly theirs: string;
  readonly caseId: string;
  readonly opened: boolean;
  readonly line?: number;
  readonly orderId: string | null;
  readonly paymentSessionId: string;
  readonly paymentId: string;
  readonly refundRequestId?: string;
}
interface Answer {
  readonly differences: readonly Difference[];
}

/** So many rows the service takes at once. */
const chunkSize = 200;

export const reconcile = defineCommand({
  words: ['reconcile'],
  summary: 'compares a settlement file with what we believe; each difference becomes a case',
  options: {
    file: { type: 'string', value: '<file>', help: 'the settlement file, as CSV' },
    layout: { type: 'string', value: '<name>', help: `${Object.keys(layouts).join(' or ')}; kasir when left out` },
    from: { type: 'string', value: '<time>', help: 'also finds what was paid from then on and stands in no file' },
    to: { type: 'string', value: '<time>', help: 'the end of that period, at most 31 days later' },
    json: jsonOption,
    url: urlOption,
  },
  examples: ['reconcile --file settlement.csv --from 2026-11-01 --to 2026-11-08'],
  run: async ({ url, json, file, layout: named = 'kasir', from, to }, console) => {
    if (file === undefined) throw new UsageError('--file is needed');
    const period = periodOf(from, to);
    const layout = layoutNamed(named);
    const settlement = read(file, layout, console);
    if (settlement === undefined) return 2;
    return withOperator({ service: 'order', url }, console, async (door) => {
      const found = await differencesIn(door, basename(file), settlement.rows, period);
      const inquiry = await askThirdWitness(found, console);
      if (json === true) console.say(JSON.stringify(found, undefined, 2));
      else console.say([...reportOf(settlement, layout, found), ...inquiry].join('\n'));
      return found.length === 0 ? 0 : 1;
    });
  },
});

/** Says what is wrong with a file and where; nothing of it is compared then. */
function read(file: string, layout: Layout, console: Console): SettlementFile | undefined {
  try {
    return readSettlement(new TextDecoder('utf-8', { fatal: true }).decode(readBytes(file)), layout);
  } catch (error) {
    if (error instanceof CsvProblem) console.say(`${file}, ${error.message}`);
    else if (error instanceof TypeError) console.say(`${file} is no UTF-8 text`);
    else throw error;
    return undefined;
  }
}

interface Period {
  readonly from: string;
  readonly to: string;
}

async function differencesIn(
  door: OperatorDoor,
  file: string,
  rows: readonly SettledRow[],
  period: Period | undefined,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (let at = 0; at < rows.length; at += chunkSize)
    found.push(...(await door.ask<Answer>('reconcile', { file, rows: rows.slice(at, at + chunkSize) })).differences);
  if (period !== undefined)
    found.push(...(await door.ask<Answer>('reconcile.missing', { file, ...period })).differences);
  return found;
}

function reportOf({ rows, skipped }: SettlementFile, { verified }: Layout, found: readonly Difference[]): string[] {
  const compared = `${rows.length} rows compared, ${skipped} of other kinds skipped, ${found.length} differences`;
  const doubt = verified ? [] : ['This layout has never been held against a real file: check the first rows by hand.'];
  return [...doubt, compared, ...(found.length === 0 ? [] : [tableOf(found)])];
}

const tableOf = (found: readonly Difference[]): string =>
  inColumns(
    ['line', 'finding', 'ours', 'theirs', 'order', 'case'],
    found.map(({ line, finding, ours, theirs, orderId, opened, caseId }) => [
      line === undefined ? '' : String(line),
      finding,
      ours,
      theirs,
      orderId ?? 'none of ours',
      `${caseId}${opened ? '' : ' (known)'}`,
    ]),
  );

function layoutNamed(name: string): Layout {
  if (Object.hasOwn(layouts, name)) return layouts[name as LayoutName];
  throw new UsageError(`--layout must be ${Object.keys(layouts).join(' or ')}`);
}

function periodOf(from: string | undefined, to: string | undefined): Period | undefined {
  if (from === undefined && to === undefined) return undefined;
  return { from: timeOf('--from', from), to: timeOf('--to', to) };
}

/** A day is its first moment in UTC. */
function timeOf(option: string, text: string | undefined): string {
  if (text === undefined) throw new UsageError('--from and --to belong together');
  const time = /^\d{4}-\d\d-\d\d(T.+)?$/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) throw new UsageError(`${option} must be a day such as 2026-11-01, or a time`);
  return time.toISOString();
}
