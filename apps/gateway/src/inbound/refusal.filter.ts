import { HttpProblem, ProblemFilter } from '@kasir/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { StorageUnavailable } from '../application/ports.js';
import { type Log, type OrderRequest } from './dependencies.js';
import { refusalsOfFramework, storageUnavailable } from './problems.js';

/** Every answer that is not a success is a problem; a database that is away is nobody's fault and passes. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(
    private readonly problems: ProblemFilter,
    private readonly log: Log,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { orderId, merchant } = host.switchToHttp().getRequest<OrderRequest>();
    if (thrown instanceof StorageUnavailable)
      this.log.warn({ orderId, merchant, err: thrown }, 'request not served: storage unavailable');
    const refusal = thrown instanceof StorageUnavailable ? storageUnavailable() : (wordsFor(thrown) ?? thrown);
    if (refusal instanceof HttpProblem)
      this.log.info({ orderId, merchant, status: refusal.body.status, code: refusal.body.code }, 'request refused');
    this.problems.catch(refusal, host);
  }
}

/** The framework refuses with a status and no help. */
function wordsFor(thrown: unknown): HttpProblem | undefined {
  if (thrown instanceof HttpProblem) return undefined;
  const status =
    thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: number } | null)?.statusCode;
  return status === undefined ? undefined : refusalsOfFramework[status]?.();
}
