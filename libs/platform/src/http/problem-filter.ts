import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { type Logger } from '../log/logger.js';
import { currentTraceparent } from '../tracing/trace-context.js';
import { newTraceparent, traceIdOf } from '../tracing/traceparent.js';
import { HttpProblem, problem, type ProblemBody } from './problem.js';

/** Turns whatever is thrown into `application/problem+json`. What nobody foresaw is logged, and says nothing outside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const body = this.problemOf(thrown);
    if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();
    void reply
      .status(body.status)
      .headers(thrown instanceof HttpProblem ? { ...thrown.headers } : {})
      .header('content-type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify(body)));
  }

  private problemOf(thrown: unknown): ProblemBody {
    if (thrown instanceof HttpProblem) return thrown.body;
    const status = statusOf(thrown);
    if (status !== undefined && status < 500) return byStatus(status);
    return this.ownFault(thrown);
  }

  private ownFault(thrown: unknown): ProblemBody {
    const traceId = traceIdOf(currentTraceparent()) ?? traceIdOf(newTraceparent())!;
    const err = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.logger.error({ err, traceId }, 'a request failed');
    return problem(500, 'internal_error', 'Something went wrong on our side', { traceId });
  }
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const { statusCode } = (thrown ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 ? statusCode : undefined;
}

/** Refusals of the framework: no such route, a body that is no JSON, too large, of another type. */
function byStatus(status: number): ProblemBody {
  const title = STATUS_CODES[status] ?? 'Refused';
  return problem(status, title.toLowerCase().replaceAll(/[^a-z]+/g, '_'), title);
}
