import { type Clock } from '@kasir/kernel';
import { OperatorRefusal, operatorVerb, type OperatorVerbs } from '@kasir/service';
import { z } from 'zod';
import { type HearingTools } from '../application/hear-webhook.js';
import { askByHand } from '../application/hurry-inquiry.js';
import { type UnitOfWork } from '../application/ports.js';
import { recheckQuarantine } from '../application/recheck-quarantine.js';
import { reportWaiting } from '../application/waiting-too-long.js';
import { type ReadWebhook } from '../application/webhook-ports.js';

export interface VerbParts {
  readonly unitOfWork: UnitOfWork;
  readonly hearing: HearingTools;
  readonly read: ReadWebhook;
  readonly clock: Clock;
}

const limited = z.strictObject({ limit: z.int().min(1).max(500).optional() });

/** What an operator may ask of the ear. */
export const operatorVerbs = ({ unitOfWork, hearing, read, clock }: VerbParts): OperatorVerbs => ({
  inquire: operatorVerb({
    summary: 'asks Antom at once how a payment and its refunds stand, also where nobody would ask any more',
    input: z.strictObject({ paymentSessionId: z.string().min(1).max(64) }),
    run: async ({ paymentSessionId }) => {
      const asked = await unitOfWork.run((stores) => askByHand(stores, clock, paymentSessionId));
      if (asked === undefined)
        throw new OperatorRefusal(404, 'no_such_payment', `nobody has announced ${paymentSessionId}`);
      return asked;
    },
  }),
  'waiting-news': operatorVerb({
    summary: 'verified news whose attempt or refund nobody has announced, and news of other deployments',
    input: limited,
    run: ({ limit = 50 }) => reportWaiting(unitOfWork, clock, limit),
  }),
  'quarantine.list': operatorVerb({
    summary: 'webhooks that could not be verified, the newest first',
    input: limited,
    run: ({ limit = 50 }) => unitOfWork.run(({ quarantine }) => quarantine.list(limit)),
  }),
  'quarantine.recheck': operatorVerb({
    summary: 'after a key was added: hears every one of them that can be verified now',
    input: z.strictObject({}),
    run: () => recheckQuarantine(unitOfWork, hearing, read),
  }),
});
