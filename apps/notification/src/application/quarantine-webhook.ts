import { hasRoom, keptSince, type QuarantineLimits, type QuarantineTally } from '../domain/quarantine.js';
import { type Quarantine, type ReceivedWebhook } from './webhook-ports.js';
import { type UnitOfWork } from './ports.js';

/** A payment's rumours hurry an inquiry once a minute at most: strangers must not make us ask Antom at their pace. */
const rumourPauseMs = 60_000;

export interface Unverified {
  readonly reason: string;
  readonly rumourOf?: string;
}

/**
 * Puts aside what nobody has proved to come from Antom. It changes nothing, but where it names a payment that is still
 * asked about, it is asked about sooner.
 * @returns `full` when this is the first one whose body is not kept, which somebody should be told
 */
export async function quarantineWebhook(
  unitOfWork: UnitOfWork,
  limits: QuarantineLimits,
  webhook: ReceivedWebhook,
  { reason, rumourOf }: Unverified,
): Promise<'kept' | 'full'> {
  const now = webhook.receivedAt;
  const lastMinute = new Date(now.getTime() - rumourPauseMs);
  return unitOfWork.run(async ({ quarantine, rumours }) => {
    if (rumourOf !== undefined) await rumours.heed(rumourOf, now, lastMinute);
    const tally = await makeRoom(quarantine, limits, webhook);
    const bytes = webhook.body.length;
    const withBody = hasRoom(tally, limits, bytes);
    await quarantine.keep(webhook, reason, { withBody, most: limits.rows });
    const kept = { rows: tally.rows + 1, bytes: tally.bytes + bytes, fullSince: null };
    await quarantine.setTally(withBody ? kept : { ...tally, fullSince: tally.fullSince ?? now });
    return !withBody && tally.fullSince === null ? 'full' : 'kept';
  });
}

async function makeRoom(
  quarantine: Quarantine,
  limits: QuarantineLimits,
  { body, receivedAt }: ReceivedWebhook,
): Promise<QuarantineTally> {
  const tally = await quarantine.tally();
  if (hasRoom(tally, limits, body.length)) return tally;
  const freed = await quarantine.forget(keptSince(receivedAt));
  return { ...tally, rows: tally.rows - freed.rows, bytes: tally.bytes - freed.bytes };
}
