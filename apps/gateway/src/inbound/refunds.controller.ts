import { CreateRefundBody, OrderId, RefundRequestId } from '@kasir/contracts';
import { type HttpProblem, logContext } from '@kasir/platform';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { type Merchant } from '../application/ports.js';
import {
  requestRefund,
  type RefundAsked,
  type RefundObstacle,
  type RefundRequest,
} from '../application/request-refund.js';
import { showRefund } from '../application/views.js';
import { merchantCalling, originOf } from './calling.js';
import { demand } from './demand.js';
import { HTTP_DEPENDENCIES, type HttpDependencies, type OrderRequest } from './dependencies.js';
import { goneSignal, headerOf } from './exchange.js';
import { read } from './field-errors.js';
import { readKey } from './idempotency-key.js';
import { waitOf } from './preferences.js';
import { invalid, keyReused, notFound, nothingLeft, orderNotPaid } from './problems.js';
import { refundAnswerOf } from './refund-answer.js';

@Controller('v1')
export class RefundsController {
  constructor(@Inject(HTTP_DEPENDENCIES) private readonly http: HttpDependencies) {}

  @Post('orders/:orderId/refunds')
  async create(
    @Req() request: OrderRequest,
    @Param('orderId') orderId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const merchant = await merchantCalling(this.http, request);
    if (!OrderId.safeParse(orderId).success) throw notFound();
    request.orderId = orderId;
    await logContext.run({ orderId, merchant: merchant.name }, async () => {
      const asked = readRefundRequest(request, orderId, merchant);
      const requested = accepted(await requestRefund(this.http.dependencies, originOf(this.http), asked));
      await this.answer(requested, request, reply);
    });
  }

  @Get('refunds/:id')
  async show(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await merchantCalling(this.http, request);
    if (!RefundRequestId.safeParse(id).success) throw notFound();
    const refund = await this.http.readModel.refund(id);
    if (refund === undefined) throw notFound();
    await reply.send(showRefund(refund));
  }

  private async answer({ refund, replayed }: Accepted, request: OrderRequest, reply: FastifyReply): Promise<void> {
    const { log, refundAnswers } = this.http;
    log.info({ refundRequestId: refund.id, replayed }, 'refund requested');
    const { ms, applied } = waitOf(headerOf(request.headers['prefer']));
    const seen = await refundAnswers.waitFor(refund, { ms, signal: goneSignal(reply) });
    const view = showRefund(seen);
    const { status, headers } = refundAnswerOf(view, { replayed, preferenceApplied: applied });
    log.debug({ refundRequestId: refund.id, status, refundStatus: view.status }, 'refund answered');
    await reply.status(status).headers(headers).send(view);
  }
}

function readRefundRequest({ headers, body }: OrderRequest, orderId: string, merchant: Merchant): RefundRequest {
  const [idempotencyKey, asked] = demand(readKey(headers['idempotency-key']), read(CreateRefundBody, body, 'body'));
  return { orderId, merchant, body: asked, idempotencyKey };
}

type Accepted = Extract<RefundAsked, { kind: 'requested' }>;

function accepted(asked: RefundAsked): Accepted {
  if (asked.kind === 'requested') return asked;
  throw refusalOf(asked);
}

const refusals = {
  'key-reused': keyReused,
  'order-unknown': notFound,
  'order-not-paid': orderNotPaid,
  'nothing-left': nothingLeft,
};

const refusalOf = (obstacle: RefundObstacle): HttpProblem =>
  obstacle.kind === 'wrong-field'
    ? invalid([{ field: obstacle.field, message: obstacle.message }])
    : refusals[obstacle.kind]();
