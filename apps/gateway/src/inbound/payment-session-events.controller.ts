import { type PaymentSessionView } from '@kasir/contracts';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { watchSession } from '../application/watch-session.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { sessionCalled } from './calling.js';
import { HTTP_DEPENDENCIES, type HttpDependencies, type OrderRequest } from './dependencies.js';
import { tooManyStreams } from './problems.js';

@Controller('v1/payment-sessions/:id/events')
export class PaymentSessionEventsController {
  constructor(@Inject(HTTP_DEPENDENCIES) private readonly http: HttpDependencies) {}

  /** The session at once and again after every change, until it has ended. */
  @Get()
  async follow(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const session = await sessionCalled(this.http, request, id);
    if (this.http.streams.full) throw tooManyStreams();
    await this.http.streams.send(reply, 'payment-session', (signal) => this.views(session, signal));
  }

  private async *views(first: PaymentSession, signal: AbortSignal): AsyncGenerator<PaymentSessionView> {
    for await (const session of watchSession(this.http.changes, { first, signal }))
      yield await this.http.showSession(session);
  }
}
