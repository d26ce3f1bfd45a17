import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { type Logger } from '../log/logger.js';
import { HttpProblem } from './problem.js';
import { problemOf } from './problem-of.js';

/** Turns whatever is thrown into `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const body = problemOf(thrown, this.logger);
    if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();
    void reply
      .status(body.status)
      .headers(thrown instanceof HttpProblem ? { ...thrown.headers } : {})
      .header('content-type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify(body)));
  }
}
