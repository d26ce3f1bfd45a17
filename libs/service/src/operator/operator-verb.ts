import { HttpProblem, problem } from '@kasir/platform';
import { type z } from 'zod';

/** Something that an operator may ask a running service to do. Made with {@link operatorVerb}. */
export interface OperatorVerb {
  /** One line for the list of verbs. */
  readonly summary: string;
  readonly input: z.ZodType;
  run(input: never): unknown;
}

/** By their names: words in lower case with dashes, a noun before a dot where there are several: `inquire`, `dead-letters.list`. */
export type OperatorVerbs = Readonly<Record<string, OperatorVerb>>;

/**
 * Describes a verb. `input` is best a `z.strictObject`, so that a misspelt field is refused and not ignored. What `run`
 * resolves with is sent as JSON. It throws an {@link OperatorRefusal} where the answer is no.
 */
export const operatorVerb = <Input extends z.ZodType>(verb: {
  readonly summary: string;
  readonly input: Input;
  run(input: z.output<Input>): unknown;
}): OperatorVerb => verb;

/** The service understood the operator and does not do it. */
export class OperatorRefusal extends HttpProblem {
  /**
   * @param status 404 for what does not exist, 409 for what is no longer, or not yet, in a state for it
   * @param code one lower-case word with underscores, for programs
   * @param detail one sentence for the person who asked
   */
  constructor(status: 404 | 409, code: string, detail: string) {
    super(problem(status, code, status === 404 ? 'There is no such thing' : 'That cannot be done now', { detail }));
  }
}
