import { CloseOrderBody, OrderId } from '@kasir/contracts';
import { logContext } from '@kasir/platform';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { closeOrder } from '../application/close-order.js';
import { showOrder } from '../application/views.js';
import { callerOf, merchantCalling, originOf } from './calling.js';
import { demand } from './demand.js';
import { HTTP_DEPENDENCIES, type HttpDependencies, type OrderRequest } from './dependencies.js';
import { read } from './field-errors.js';
import { notFound } from './problems.js';

@Controller('v1/orders')
export class OrdersController {
  constructor(@Inject(HTTP_DEPENDENCIES) private readonly http: HttpDependencies) {}

  @Get(':id')
  async show(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { orderId = id } = await callerOf(this.http, request);
    if (orderId !== id || !OrderId.safeParse(id).success) throw notFound();
    const order = await this.http.readModel.order(id);
    const view = order === undefined ? undefined : showOrder(order);
    if (view === undefined) throw notFound();
    await reply.send(view);
  }

  /** An order without a payment session can be closed, too: it has an id and no more to show. */
  @Post(':id/close')
  async close(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const merchant = await merchantCalling(this.http, request);
    if (!OrderId.safeParse(id).success) throw notFound();
    request.orderId = id;
    const [{ reason }] = demand(read(CloseOrderBody, request.body, 'body'));
    const { kind, order } = await logContext.run({ orderId: id, merchant: merchant.name }, () =>
      closeOrder(this.http.dependencies, originOf(this.http), id, { reason, merchant }),
    );
    await reply
      .status(kind === 'ended' ? 200 : 202)
      .header('location', `/v1/orders/${id}`)
      .send(showOrder(order) ?? { id });
  }
}
