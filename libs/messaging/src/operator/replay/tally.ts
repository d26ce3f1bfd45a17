import { type OutgoingCounts, type ReplayDifference } from './report.js';
import { differingFields, type Own } from './own-event.js';
import { type SaidRow } from './turn.js';

type Mutable<Counts> = { -readonly [Name in keyof Counts]: Counts[Name] };

const mostDifferences = 50;

/** Counts what a replay comes upon. */
export class Tally {
  applied = 0;
  repeated = 0;
  passedOver = 0;
  dead = 0;
  waiting = 0;
  readonly outgoing: Mutable<OutgoingCounts> = { equal: 0, readBack: 0, different: 0, missing: 0, unsaid: 0 };
  readonly differences: ReplayDifference[] = [];

  /** What the replay said, beside what stands on the topic under the same id. */
  said(row: SaidRow, own: Own | undefined): void {
    const fields = own === undefined ? [] : differingFields(row, own);
    const kind = own === undefined ? 'missing' : fields.length > 0 ? 'different' : 'equal';
    this.outgoing[kind] += 1;
    if (kind !== 'equal')
      this.#note({ kind, ...row, type: row.headers['ce_type'] ?? '', eventId: row.event_id, fields });
  }

  unsaid({ topic, key, event }: Own): void {
    this.outgoing.unsaid += 1;
    this.#note({ kind: 'unsaid', topic, key, type: event.type, eventId: event.id, fields: [] });
  }

  /** Nothing differs from what was said then. */
  get clean(): boolean {
    return this.outgoing.different + this.outgoing.missing + this.outgoing.unsaid === 0;
  }

  add(other: Tally): void {
    for (const name of ['applied', 'repeated', 'passedOver', 'dead', 'waiting'] as const) this[name] += other[name];
    for (const name of ['equal', 'readBack', 'different', 'missing', 'unsaid'] as const)
      this.outgoing[name] += other.outgoing[name];
    for (const difference of other.differences) this.#note(difference);
  }

  #note({ kind, topic, key, type, eventId, fields }: ReplayDifference): void {
    if (this.differences.length < mostDifferences) this.differences.push({ kind, topic, key, type, eventId, fields });
  }
}
