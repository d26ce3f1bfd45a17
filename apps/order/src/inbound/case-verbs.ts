import { caseResolutions, resolutionsOf } from '@kasir/contracts';
import { type Clock } from '@kasir/kernel';
import { OperatorRefusal, operatorVerb, type OperatorVerbs } from '@kasir/service';
import { z } from 'zod';
import { type CaseDesk } from '../application/decide-cases.js';
import { type Case } from '../domain/case.js';

const caseId = z.string().min(1).max(160);
const name = z.string().trim().min(1, 'must not be empty').max(64);
const reason = z.string().trim().min(1, 'must not be empty').max(1024);
const kind = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case words with dashes, such as second-success');
const words = Object.keys(caseResolutions);
const resolutionWord = z.enum(words, `must be one of ${words.join(', ')}`);

const query = z.strictObject({
  status: z.enum(['open', 'resolved', 'all']).default('open'),
  kind: kind.optional(),
  orderId: z.string().max(64).optional(),
  owner: name.optional(),
  after: caseId.optional(),
  limit: z.int().min(1).max(500).default(50),
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
      return owned.status === 'resolved' ? refuseResolved(owned) : owned;
    },
  }),
  'cases.resolve': operatorVerb({
    summary: `ends a case with a reason and one of ${words.join(', ')}`,
    input: z.strictObject({ caseId, resolution: resolutionWord, reason, by: name }),
    run: async ({ resolution, reason: why, by, ...input }) => {
      requireFit(known(await desk.show(input.caseId), input.caseId), resolution);
      const decision = { by, reason: why, at: clock.now().toISOString() };
      const resolved = known(await desk.resolve(input.caseId, resolution, decision), input.caseId);
      const said = resolved.resolution;
      const isMine = said?.resolution === resolution && said.reason === why && said.by === by;
      return isMine ? resolved : refuseResolved(resolved);
    },
  }),
});

function known<Found>(found: Found | undefined, id: string): Found {
  if (found === undefined) throw new OperatorRefusal(404, 'no_such_case', `there is no case ${id}`);
  return found;
}

function requireFit({ kind: about }: Case, resolution: string): void {
  const fitting = resolutionsOf(about);
  if (fitting.includes(resolution)) return;
  const detail = `${resolution} is no word for ${about}; one of ${fitting.join(', ')} is`;
  throw new OperatorRefusal(409, 'resolution_does_not_fit', detail);
}

function refuseResolved({ caseId: id, resolution }: Case): never {
  const how = `${resolution?.resolution} by ${resolution?.by} at ${resolution?.at}`;
  throw new OperatorRefusal(409, 'case_resolved', `the case ${id} was resolved before: ${how}`);
}
