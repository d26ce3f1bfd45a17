import { adminUrlVariable, type ServiceName } from './services.js';

/** The service does not do it, or is not there. The message is for the person who asked. */
export class OperatorProblem extends Error {
  override readonly name = 'OperatorProblem';
  constructor(
    message: string,
    /** The service's own word for the refusal; undefined where it did not answer. */
    readonly code?: string,
  ) {
    super(message);
  }
}

interface Problem {
  readonly title?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly traceId?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** Turns a refusal into a sentence. */
export async function problemIn(service: ServiceName, answer: Response): Promise<OperatorProblem> {
  const problem = (await answer.json().catch(() => ({}))) as Problem;
  return new OperatorProblem(`${service}: ${sentence(answer.status, problem)}`, problem.code);
}

function sentence(status: number, { title, code, detail, traceId, errors }: Problem): string {
  if (status === 401)
    return 'the token is not its own; KASIR_OPERATOR_TOKEN must be the OPERATOR_TOKEN that it runs with';
  if (errors !== undefined) return errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  if (traceId !== undefined) return `something went wrong there; its log says what, under the trace id ${traceId}`;
  return detail ?? title ?? `${status} ${code ?? 'and not a word'}; is this its admin port?`;
}

export function unreachable(service: ServiceName, url: string, error: unknown): OperatorProblem {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  const why = name === 'TimeoutError' ? 'no answer within a minute' : (cause?.code ?? (error as Error).message);
  return new OperatorProblem(
    `${service} does not answer at ${url} (${why}): start it, or say where it is with --url or ${adminUrlVariable(service)}`,
  );
}
