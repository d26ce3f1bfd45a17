import { OrderId } from '@kasir/contracts';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { showOrder } from '../application/views.js';
import { DOOR, type Door, type OrderRequest } from './needs.js';
import { notFound } from './problems.js';

@Controller('v1/orders')
export class OrdersController {
  constructor(@Inject(DOOR) private readonly door: Door) {}

  @Get(':id')
  async show(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { orderId } = await this.door.verifyToken(request.headers.authorization);
    request.orderId = orderId;
    if (orderId !== id || !OrderId.safeParse(id).success) throw notFound();
    const order = await this.door.readModel.order(id);
    if (order === undefined) throw notFound();
    await reply.send(showOrder(order));
  }
}
