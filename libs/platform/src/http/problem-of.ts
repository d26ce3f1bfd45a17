import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { type Logger } from '../log/logger.js';
import { currentTraceparent } from '../tracing/trace-context.js';
import { newTraceparent, traceIdOf } from '../tracing/traceparent.js';
import { HttpProblem, problem, type ProblemBody } from './problem.js';

/** What to answer to whatever was thrown. What nobody foresaw is logged under a trace id, and says nothing outside. */
export function problemOf(thrown: unknown, logger: Logger): ProblemBody {
  if (thrown instanceof HttpProblem) return thrown.body;
  const status = statusOf(thrown);
  return status !== undefined && status < 500 ? byStatus(status) : ownFault(thrown, logger);
}

function ownFault(thrown: unknown, logger: Logger): ProblemBody {
  const traceId = traceIdOf(currentTraceparent()) ?? traceIdOf(newTraceparent())!;
  const err = thrown instanceof Error ? thrown : new Error(String(thrown));
  logger.error({ err, traceId }, 'a request failed');
  return problem(500, 'internal_error', 'Something went wrong on our side', { traceId });
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
