import { DeadLetterClosed, type DeadLetters, NoSuchDeadLetter } from '@kasir/messaging';
import { z } from 'zod';
import { OperatorRefusal, operatorVerb, type OperatorVerbs } from './operator-verb.js';

const id = z.string().regex(/^\d{1,18}$/, 'must be the number of a dead letter');
const words = z.string().trim().min(1, 'must not be empty').max(500);
const decision = z.strictObject({ id, by: words, reason: words });
const query = z.strictObject({
  state: z.enum(['kept', 'redriven', 'discarded']).optional(),
  after: id.optional(),
  limit: z.int().min(1).max(500).optional(),
});

/** What every service lets an operator do with messages that it could not apply. */
export const deadLetterVerbs = (letters: DeadLetters): OperatorVerbs => ({
  'dead-letters.list': operatorVerb({
    summary: 'the messages that could not be applied, the oldest first',
    input: query,
    run: ({ state = 'kept', after = '0', limit = 50 }) => letters.list({ state, after, limit }),
  }),
  'dead-letters.show': operatorVerb({
    summary: 'one of them, with headers, body and what was decided',
    input: z.strictObject({ id }),
    run: async (input) => (await letters.show(input.id)) ?? refusalOf(new NoSuchDeadLetter(input.id)),
  }),
  'dead-letters.redrive': operatorVerb({
    summary: 'applies one as if it had just come, and then what waited for it',
    input: decision,
    run: ({ id: letter, ...order }) => letters.redrive(letter, order).catch(refusalOf),
  }),
  'dead-letters.discard': operatorVerb({
    summary: 'gives one up for good, and applies what waited for it',
    input: decision,
    run: ({ id: letter, ...order }) => letters.discard(letter, order).catch(refusalOf),
  }),
});

function refusalOf(error: unknown): never {
  if (error instanceof NoSuchDeadLetter) throw new OperatorRefusal(404, 'no_such_dead_letter', error.message);
  if (error instanceof DeadLetterClosed) throw new OperatorRefusal(409, `dead_letter_${error.state}`, error.message);
  throw error;
}
