import { type Tx } from '@kasir/messaging';
import { type Cancels, type CausedBy } from '../application/ports.js';
import { type Attempt } from '../domain/attempt.js';
import { attemptJobs } from './attempt.repository.js';
import { type AttemptRow } from './attempt.row.js';
import { cancelJob, type DueAt, LeasedRows } from './leased-rows.js';

const isDue = 'cancel_due_at is not null';
const waitsIn = (outbox: string) => `exists (select from ${outbox} where event_id = attempts.cancel_started_id)`;

/** The relay deletes an event from the outbox when the broker has acknowledged it. */
export const cancelJobs = {
  ...{ ...attemptJobs, columns: cancelJob, open: isDue },
  claimable: `${isDue} and not ${waitsIn('outbox')} and not ${waitsIn('outbox_dead')}`,
};

export class CancelRepository extends LeasedRows<AttemptRow, Attempt> implements Cancels {
  constructor(
    tx: Tx,
    private readonly causedBy: CausedBy,
    dueAt: DueAt,
  ) {
    super(tx, cancelJobs, dueAt);
  }

  async begin({ paymentSessionId, cancel }: Attempt, nextTryAt: Date): Promise<void> {
    await this.tx.query(
      `update attempts set cancel_cause = $2, cancel_answer = null, cancel_started_id = $3, cancel_due_at = $4,
         cancel_caused_by = $5, cancel_traceparent = $6, cancel_round = 0, cancel_lease_version = cancel_lease_version + 1
       where payment_session_id = $1`,
      [
        ...[paymentSessionId, cancel?.cause ?? null, cancel?.startedId ?? null, nextTryAt],
        ...[this.causedBy?.id ?? null, this.causedBy?.traceparent ?? null],
      ],
    );
    this.dueAt(nextTryAt);
  }
}
