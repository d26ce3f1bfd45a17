import { type ReplayDifference, type ReplayReport, saysNothingNew } from '@kasir/messaging';

/** A replay for people. */
export function printReport(service: string, schema: string, report: ReplayReport): string {
  const { outgoing, behind } = report;
  const counts: [number, string][] = [
    [report.read, 'messages on the topics that it hears'],
    [report.applied, 'applied'],
    [report.repeated, 'repeats, folded'],
    [report.passedOver, 'of types that it does not know, passed over'],
    [report.deadLetters, 'dead letters'],
    [report.waiting, 'waiting for one'],
    [outgoing.equal, 'said again, byte for byte as on the topic'],
    [outgoing.readBack, 'decisions of its own, read back from the topic'],
    [outgoing.different, 'said again with other bytes'],
    [outgoing.missing, 'said now and missing on the topic'],
    [outgoing.unsaid, 'on the topic and not said again'],
  ];
  const width = String(report.read + outgoing.equal).length + 2;
  const lines = (rows: readonly (readonly [number, string])[]) =>
    rows.map(([count, what]) => `${String(count).padStart(width)}  ${what}`);
  return [
    `${service}, rebuilt in the schema ${schema}`,
    '',
    ...lines(counts),
    '',
    'rows',
    ...lines(Object.entries(report.rows).map(([table, rows]) => [rows, table] as const)),
    '',
    ...report.differences.map(line),
    verdict(report),
    ...(saysNothingNew(report) || behind === 0
      ? []
      : [
          `${service} itself had ${behind} messages ahead of it: what it has not said yet is missing; replay when it has none`,
        ]),
  ].join('\n');
}

const line = ({ kind, topic, key, type, eventId, fields }: ReplayDifference): string =>
  `${kind}: ${type} ${eventId} of ${key} on ${topic}${fields.length === 0 ? '' : ` (${fields.join(', ')})`}`;

const verdict = (report: ReplayReport): string =>
  saysNothingNew(report) ? 'The replay says nothing new.' : 'The replay differs from what was said.';
