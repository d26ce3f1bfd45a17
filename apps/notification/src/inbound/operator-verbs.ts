import { type Clock } from '@kasir/kernel';
import { OperatorRefusal, operatorVerb, type OperatorVerbs } from '@kasir/service';
import { z } from 'zod';
import { type WebhookTools } from '../application/handle-webhooks.js';
import { askByHand } from '../application/hurry-inquiry.js';
import { type UnitOfWork } from '../application/ports.js';
import { recheckQuarantine } from '../application/recheck-quarantine.js';
import { reportUnmatched } from '../application/unmatched-updates.js';
import { type ReadWebhook } from '../application/webhook-ports.js';

export interface VerbDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly webhookTools: WebhookTools;
  readonly read: ReadWebhook;
  readonly clock: Clock;
}

const limited = z.strictObject({ limit: z.int().min(1).max(500).optional() });

/** The admin commands of this service. */
export const operatorVerbs = ({ unitOfWork, webhookTools, read, clock }: VerbDependencies): OperatorVerbs => ({
  inquire: operatorVerb({
    summary: 'asks Antom at once how a payment and its refunds stand, also where nothing was left to be asked',
    input: z.strictObject({ paymentSessionId: z.string().min(1).max(64) }),
    run: async ({ paymentSessionId }) => {
      const asked = await unitOfWork.run((stores) => askByHand(stores, clock, paymentSessionId));
      if (asked === undefined)
        throw new OperatorRefusal(404, 'no_such_payment', `${paymentSessionId} was never announced`);
      return asked;
    },
  }),
  'waiting-news': operatorVerb({
    summary: 'verified updates whose attempt or refund was never announced, and webhooks of other deployments',
    input: limited,
    run: ({ limit = 50 }) => reportUnmatched(unitOfWork, clock, limit),
  }),
  'quarantine.list': operatorVerb({
    summary: 'webhooks that could not be verified, the newest first',
    input: limited,
    run: ({ limit = 50 }) => unitOfWork.run(({ quarantine }) => quarantine.list(limit)),
  }),
  'quarantine.recheck': operatorVerb({
    summary: 'after a key was added: applies every one of them that can be verified now',
    input: z.strictObject({}),
    run: () => recheckQuarantine(unitOfWork, webhookTools, read),
  }),
});
