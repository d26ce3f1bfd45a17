import { hasRoom, keptSince, type QuarantineLimits, type QuarantineSize } from '../domain/quarantine.js';
import { hintAt } from './hurry-inquiry.js';
import { type UnitOfWork } from './ports.js';
import { type Quarantine, type ReceivedWebhook, type Unverified } from './webhook-ports.js';

/**
 * Puts aside what is not proved to come from Antom. It changes nothing, but where it names a payment that is still
 * inquired about, Antom is asked sooner.
 * @returns `full` when this is the first one whose body is not kept, which an operator should be told
 */
export async function quarantineWebhook(
  unitOfWork: UnitOfWork,
  limits: QuarantineLimits,
  webhook: ReceivedWebhook,
  { reason, paymentRequestId }: Unverified,
): Promise<'kept' | 'full'> {
  return unitOfWork.run(async (stores) => {
    const { quarantine } = stores;
    if (paymentRequestId !== undefined) await hintAt(stores, paymentRequestId, webhook.receivedAt);
    const size = await makeRoom(quarantine, limits, webhook);
    const withBody = hasRoom(size, limits, webhook.body.length);
    await quarantine.keep(webhook, reason, { withBody, most: limits.rows });
    return withBody || size.isFull ? 'kept' : 'full';
  });
}

async function makeRoom(
  quarantine: Quarantine,
  limits: QuarantineLimits,
  { body, receivedAt }: ReceivedWebhook,
): Promise<QuarantineSize> {
  const size = await quarantine.size();
  if (hasRoom(size, limits, body.length)) return size;
  await quarantine.forget(keptSince(receivedAt));
  return quarantine.size();
}
