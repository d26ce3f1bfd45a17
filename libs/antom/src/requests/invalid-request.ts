import { type z } from 'zod';

export interface FieldProblem {
  /** In Antom's names, such as `order.orderDescription`. */
  readonly field: string;
  readonly message: string;
}

/** A request that Antom would refuse, known before it is sent. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';

  constructor(readonly problems: readonly FieldProblem[]) {
    super(problems.map(({ field, message }) => `${field} ${message}`).join('; '));
  }
}

export const problemsOf = ({ issues }: z.ZodError): FieldProblem[] =>
  issues.map(({ path, message }) => ({ field: path.join('.') || 'request', message }));
