import { caseResolutions, type CaseResolutionWord, Money } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { OperatorRefusal, operatorVerb, type OperatorVerbs } from '@kasir/service';
import { z } from 'zod';
import { type CaseDesk } from '../application/decide-cases.js';
import { DecisionRefused } from '../application/decide-case.js';
import { type Case } from '../domain/case.js';

const caseId = z.string().min(1).max(160);
const name = z.string().trim().min(1, 'must not be empty').max(64);
const reason = z.string().trim().min(1, 'must not be empty').max(1024);
const kind = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words with dashes, such as duplicate-payment');
const words = Object.keys(caseResolutions);
const resolutionWord = z.enum(words, `must be one of ${words.join(', ')}`);

const outside: CaseResolutionWord = 'refunded-outside';

const query = z.strictObject({
  status: z.enum(['open', 'refunding', 'resolved', 'all']).default('open'),
  kind: kind.optional(),
  orderId: z.string().max(64).optional(),
  owner: name.optional(),
  after: caseId.optional(),
  limit: z.int().min(1).max(500).default(50),
});

const decision = z
  .strictObject({
    ...{ caseId, resolution: resolutionWord, reason, by: name },
    amount: Money.optional(),
    reference: z
      .string()
      .regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'must be 1 to 64 letters, digits or _ . : -')
      .optional(),
  })
  .refine(({ resolution, amount, reference }) => resolution === outside || (amount ?? reference) === undefined, {
    path: ['amount'],
    message: `is for ${outside}, and so is the reference`,
  });

/** What needs a person, and what people decide about it. */
export const caseVerbs = (desk: CaseDesk, clock: Clock): OperatorVerbs => ({
  'cases.list': operatorVerb({
    summary: 'what needs a person, the oldest first',
    input: query,
    run: (input) => desk.list(input),
  }),
  'cases.show': operatorVerb({
    summary: 'one case, with its evidence and its history',
    input: z.strictObject({ caseId }),
    run: async (input) => known(await desk.show(input.caseId), input.caseId),
  }),
  'cases.own': operatorVerb({
    summary: 'gives a case to somebody',
    input: z.strictObject({ caseId, owner: name, by: name, reason: reason.default('takes it') }),
    run: async ({ owner, by, reason: why, ...input }) => {
      const found = await desk.own(input.caseId, owner, { by, reason: why, at: clock.now().toISOString() });
      const owned = known(found, input.caseId);
      return owned.status === 'resolved' ? refuseDecided(owned) : owned;
    },
  }),
  'cases.resolve': operatorVerb({
    summary: `decides about a case with a reason and one of ${words.join(', ')}`,
    input: decision,
    run: async ({ caseId: id, ...decided }) => {
      const at = clock.now().toISOString();
      const found = known(await desk.resolve(id, { ...decided, at }).catch(refuseWhatDoesNotFit), id);
      const said = found.resolution;
      const isMine =
        said?.resolution === decided.resolution && said.reason === decided.reason && said.by === decided.by;
      return isMine ? found : refuseDecided(found);
    },
  }),
});

function known<Found>(found: Found | undefined, id: string): Found {
  if (found === undefined) throw new OperatorRefusal(404, 'no_such_case', `there is no case ${id}`);
  return found;
}

function refuseWhatDoesNotFit(error: unknown): never {
  throw error instanceof DecisionRefused ? new OperatorRefusal(409, error.code, error.message) : error;
}

function refuseDecided({ caseId: id, status, resolution }: Case): never {
  const how = `${resolution?.resolution} by ${resolution?.by} at ${resolution?.at}`;
  throw new OperatorRefusal(409, 'case_resolved', `the case ${id} is ${status} already: ${how}`);
}
