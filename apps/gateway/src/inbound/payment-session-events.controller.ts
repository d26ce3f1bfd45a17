import { PaymentSessionId, type PaymentSessionView } from '@kasir/contracts';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { watchSession } from '../application/watch-session.js';
import { isOf, type PaymentSession } from '../domain/payment-session.js';
import { callerOf } from './calling.js';
import { DOOR, type Door, type OrderRequest } from './needs.js';
import { notFound, tooManyStreams } from './problems.js';

@Controller('v1/payment-sessions/:id/events')
export class PaymentSessionEventsController {
  constructor(@Inject(DOOR) private readonly door: Door) {}

  /** The session at once and again after every change, until it has ended. */
  @Get()
  async follow(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { orderId } = await callerOf(this.door, request);
    if (!PaymentSessionId.safeParse(id).success) throw notFound();
    const session = await this.door.readModel.session(id);
    if (session === undefined || !isOf(session, orderId)) throw notFound();
    if (this.door.streams.full) throw tooManyStreams();
    await this.door.streams.send(reply, 'payment-session', (signal) => this.views(session, signal));
  }

  private async *views(first: PaymentSession, signal: AbortSignal): AsyncGenerator<PaymentSessionView> {
    for await (const session of watchSession(this.door.changes, { first, signal }))
      yield await this.door.showSession(session);
  }
}
