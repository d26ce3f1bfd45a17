import { type Clock } from '@kasir/kernel';
import { type AttemptUpdate } from '../domain/payment-update.js';
import { type RefundUpdate } from '../domain/refund-update.js';
import { type WatchedPayment } from '../domain/watched-payment.js';
import { applyRefundUpdate } from './apply-refund-update.js';
import { applyUpdate } from './apply-update.js';
import { type Stores } from './ports.js';
import { watchSiblings } from './watch-siblings.js';
import { type ReceivedWebhook, type VerifiedWebhook } from './webhook-ports.js';

export interface TrustedWebhook {
  readonly webhook: ReceivedWebhook;
  readonly verified: VerifiedWebhook;
}

export interface WebhookTools {
  readonly clock: Clock;
  /** Begins every id of this deployment's payments. */
  readonly prefix: string;
}

/** Keeps verified webhooks and applies them, in the caller's transaction; only after its commit may Antom get its acknowledgements. */
export async function handleWebhooks(
  stores: Stores,
  { clock, prefix }: WebhookTools,
  group: readonly TrustedWebhook[],
): Promise<void> {
  const now = clock.now();
  const isForeign = ({ verified }: TrustedWebhook): boolean =>
    verified.kind === 'payment' && !verified.update.paymentRequestId.startsWith(prefix);
  await stores.webhooks.keep(
    group.map((each) => ({ webhook: each.webhook, about: aboutOf(each.verified), foreign: isForeign(each) })),
  );
  const own = group.filter((each) => !isForeign(each)).map(({ verified }) => verified);
  const changed: WatchedPayment[] = [];
  for (const round of rounds(own.flatMap((each) => (each.kind === 'payment' ? [each.update] : []))))
    changed.push(...(await allDone(round.map((update) => applyUpdate(stores, update, now)))));
  await watchSiblings(stores, changed, now);
  for (const update of own.flatMap((each) => (each.kind === 'refund' ? [each.update] : [])).toSorted(byId))
    await applyRefundUpdate(stores, update, now);
}

/** Updates of different payments may be decided at once; those of the same payment follow one another. */
function* rounds(updates: readonly AttemptUpdate[]): Generator<AttemptUpdate[]> {
  const ofPayments = [...Map.groupBy(updates, ({ paymentRequestId }) => paymentRequestId).values()];
  const most = Math.max(0, ...ofPayments.map(({ length }) => length));
  for (let round = 0; round < most; round++) yield ofPayments.flatMap((ofPayment) => ofPayment[round] ?? []);
}

/** Lets everything come to its end, also beside what fails: nothing may use the transaction once it is rolled back. */
async function allDone<Result>(works: readonly Promise<Result | undefined>[]): Promise<Result[]> {
  const results = await Promise.allSettled(works);
  return results.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value ?? [];
  });
}

function aboutOf(verified: VerifiedWebhook): string {
  if (verified.kind === 'other') return verified.about;
  const { kind, old } = verified.update;
  const id = verified.kind === 'payment' ? verified.update.paymentRequestId : verified.update.refundRequestId;
  return `${old === true ? 'old ' : ''}${verified.kind === 'payment' ? '' : 'refund '}${kind} ${id}`;
}

/** What has to be locked first comes first, so that two groups never wait for each other. */
const byId = (one: RefundUpdate, other: RefundUpdate): number => (one.refundRequestId < other.refundRequestId ? -1 : 1);
