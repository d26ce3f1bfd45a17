import { z } from 'zod';
import { maybeAmount, maybeText, maybeTime, present, saidId } from '../reading/fields.js';
import { type DisputeNews } from './news.js';

const kinds: ReadonlyMap<string, DisputeNews['kind']> = new Map<string, DisputeNews['kind']>([
  ['DISPUTE_CREATED', 'created'],
  ['DISPUTE_JUDGED', 'judged'],
  ['DISPUTE_CANCELLED', 'cancelled'],
  ['DEFENSE_SUPPLIED', 'defence supplied'],
  ['DEFENSE_DUE_ALERT', 'defence due'],
  ['DISPUTE_ACCEPTED', 'accepted'],
  ['RDR_RESOLVED', 'resolved before a dispute'],
]);

/** A valid dispute is the shopper's, and so is one that the merchant gave up. */
const judgements: ReadonlyMap<string, DisputeNews['judgement']> = new Map<string, DisputeNews['judgement']>([
  ['ACCEPT_BY_CUSTOMER', 'merchant'],
  ['ACCEPT_BY_MERCHANT', 'shopper'],
]);

/** A notification about a dispute is known by `disputeNotificationType`, whatever else it is called. */
export const DisputeNotification = z
  .looseObject({
    disputeNotificationType: z.string().min(1),
    disputeId: saidId,
    paymentRequestId: saidId,
    paymentId: saidId,
    disputeAmount: maybeAmount,
    disputeJudgedResult: maybeText,
    defenseDueTime: maybeTime,
    disputeReasonCode: maybeText,
    disputeType: maybeText,
  })
  .transform(({ disputeNotificationType: said, disputeId, paymentRequestId, paymentId, ...more }): DisputeNews => ({
    kind: kinds.get(said) ?? 'other',
    said,
    disputeId,
    paymentRequestId,
    paymentId,
    ...present({
      amount: more.disputeAmount,
      judgement: judgementOf(more.disputeJudgedResult),
      defenceDueAt: more.defenseDueTime,
      reasonCode: more.disputeReasonCode,
      disputeType: more.disputeType,
    }),
  }));

const judgementOf = (said: string | undefined): DisputeNews['judgement'] =>
  said === undefined ? undefined : (judgements.get(said) ?? 'other');
