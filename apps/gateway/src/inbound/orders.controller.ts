import { CloseOrderBody, OrderId } from '@kasir/contracts';
import { currentTraceparent, logContext } from '@kasir/platform';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { closeOrder } from '../application/close-order.js';
import { showOrder } from '../application/views.js';
import { callerOf, merchantCalling } from './calling.js';
import { DOOR, type Door, type OrderRequest } from './needs.js';
import { notFound } from './problems.js';
import { readBody } from './read-body.js';

@Controller('v1/orders')
export class OrdersController {
  constructor(@Inject(DOOR) private readonly door: Door) {}

  @Get(':id')
  async show(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { orderId = id } = await callerOf(this.door, request);
    if (orderId !== id || !OrderId.safeParse(id).success) throw notFound();
    const order = await this.door.readModel.order(id);
    const view = order === undefined ? undefined : showOrder(order);
    if (view === undefined) throw notFound();
    await reply.send(view);
  }

  /** An order without a payment session can be closed, too: it has an id and no more to show. */
  @Post(':id/close')
  async close(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const merchant = await merchantCalling(this.door, request);
    if (!OrderId.safeParse(id).success) throw notFound();
    request.orderId = id;
    const { reason } = readBody(CloseOrderBody, request.body);
    const origin = { id: this.door.newRequestId(), traceparent: currentTraceparent() };
    const { kind, order } = await logContext.run({ orderId: id, merchant: merchant.name }, () =>
      closeOrder(this.door.tools, origin, id, { reason, merchant }),
    );
    await reply
      .status(kind === 'ended' ? 200 : 202)
      .header('location', `/v1/orders/${id}`)
      .send(showOrder(order) ?? { id });
  }
}
