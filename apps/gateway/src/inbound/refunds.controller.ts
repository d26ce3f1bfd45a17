import { CreateRefundBody, OrderId, RefundRequestId } from '@kasir/contracts';
import { currentTraceparent, type HttpProblem, logContext } from '@kasir/platform';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { type Merchant } from '../application/merchant.js';
import {
  requestRefund,
  type RefundAsked,
  type RefundObstacle,
  type RefundWish,
} from '../application/request-refund.js';
import { showRefund } from '../application/views.js';
import { merchantCalling } from './calling.js';
import { goneSignal, headerOf } from './exchange.js';
import { readKey } from './idempotency-key.js';
import { DOOR, type Door, type OrderRequest } from './needs.js';
import { waitOf } from './preferences.js';
import { invalid, keyReused, notFound, nothingLeft, orderNotPaid } from './problems.js';
import { readBody } from './read-body.js';
import { refundAnswerOf } from './refund-answer.js';

@Controller('v1')
export class RefundsController {
  constructor(@Inject(DOOR) private readonly door: Door) {}

  @Post('orders/:orderId/refunds')
  async create(
    @Req() request: OrderRequest,
    @Param('orderId') orderId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const merchant = await merchantCalling(this.door, request);
    if (!OrderId.safeParse(orderId).success) throw notFound();
    request.orderId = orderId;
    await logContext.run({ orderId, merchant: merchant.name }, async () => {
      const origin = { id: this.door.newRequestId(), traceparent: currentTraceparent() };
      const wish = readRefundWish(request, orderId, merchant);
      const asked = accepted(await requestRefund(this.door.refundTools, origin, wish));
      await this.answer(asked, request, reply);
    });
  }

  @Get('refunds/:id')
  async show(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await merchantCalling(this.door, request);
    if (!RefundRequestId.safeParse(id).success) throw notFound();
    const refund = await this.door.readModel.refund(id);
    if (refund === undefined) throw notFound();
    await reply.send(showRefund(refund));
  }

  private async answer({ refund, replayed }: Accepted, request: OrderRequest, reply: FastifyReply): Promise<void> {
    const { log, refundAnswers } = this.door;
    log.info({ refundRequestId: refund.id, replayed }, 'refund requested');
    const { ms, applied } = waitOf(headerOf(request.headers['prefer']));
    const seen = await refundAnswers.waitFor(refund, { ms, signal: goneSignal(reply) });
    const view = showRefund(seen);
    const { status, headers } = refundAnswerOf(view, { replayed, preferenceApplied: applied });
    log.debug({ refundRequestId: refund.id, status, refundStatus: view.status }, 'refund answered');
    await reply.status(status).headers(headers).send(view);
  }
}

function readRefundWish({ headers, body }: OrderRequest, orderId: string, merchant: Merchant): RefundWish {
  const key = readKey(headers['idempotency-key']);
  const asked = readBody(CreateRefundBody, body, key);
  return { orderId, merchant, body: asked, idempotencyKey: (key as { data: string }).data };
}

type Accepted = Extract<RefundAsked, { kind: 'requested' }>;

function accepted(asked: RefundAsked): Accepted {
  if (asked.kind === 'requested') return asked;
  throw refusalOf(asked);
}

function refusalOf(obstacle: RefundObstacle): HttpProblem {
  switch (obstacle.kind) {
    case 'key-reused':
      return keyReused();
    case 'order-unknown':
      return notFound();
    case 'order-not-paid':
      return orderNotPaid();
    case 'nothing-left':
      return nothingLeft();
    case 'foreign-payment':
      return invalid([{ field: 'paymentSessionId', message: 'must be a payment session of this order' }]);
    case 'unknown-payment':
      return invalid([{ field: 'paymentId', message: obstacle.message }]);
    case 'other-currency':
      return invalid([
        { field: 'amount.currency', message: `must be ${obstacle.currency}, the currency of the payment` },
      ]);
  }
}
