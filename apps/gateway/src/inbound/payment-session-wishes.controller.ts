import { PaymentSessionId } from '@kasir/contracts';
import { currentTraceparent, logContext } from '@kasir/platform';
import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { cancelPaymentSession } from '../application/cancel-payment-session.js';
import { reportReturn } from '../application/report-return.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { type Caller } from './callers.js';
import { callerOf } from './calling.js';
import { DOOR, type Door, type OrderRequest } from './needs.js';
import { alreadyPaid, notFound } from './problems.js';

/** What may be wished of a session that there is. */
@Controller('v1/payment-sessions/:id')
export class PaymentSessionWishesController {
  constructor(@Inject(DOOR) private readonly door: Door) {}

  @Post('returned')
  async returned(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const returned = await this.wish(request, id, ({ orderId }, origin) =>
      reportReturn(this.door.tools, origin, id, orderId),
    );
    if (returned.kind === 'unknown') throw notFound();
    await this.show(returned.session, reply.status(202).header('retry-after', '3'));
  }

  @Post('cancel')
  async cancel(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const asked = await this.wish(request, id, ({ orderId }, origin) =>
      cancelPaymentSession(this.door.tools, origin, id, orderId),
    );
    if (asked.kind === 'unknown') throw notFound();
    if (asked.kind === 'paid') throw alreadyPaid();
    await this.show(
      asked.session,
      asked.kind === 'ended' ? reply.status(200) : reply.status(202).header('retry-after', '1'),
    );
  }

  private async wish<T>(
    request: OrderRequest,
    id: string,
    work: (caller: Caller, origin: { id: string; traceparent: string | undefined }) => Promise<T>,
  ): Promise<T> {
    const caller = await callerOf(this.door, request);
    if (!PaymentSessionId.safeParse(id).success) throw notFound();
    const origin = { id: this.door.newRequestId(), traceparent: currentTraceparent() };
    const about = { orderId: caller.orderId, merchant: request.merchant, paymentSessionId: id };
    return logContext.run(about, () => work(caller, origin));
  }

  private async show(session: PaymentSession, reply: FastifyReply): Promise<void> {
    await reply.header('location', `/v1/payment-sessions/${session.id}`).send(await this.door.showSession(session));
  }
}
