import { PaymentSessionId } from '@kasir/contracts';
import { currentTraceparent, logContext } from '@kasir/platform';
import { Controller, Get, Inject, type OnModuleDestroy, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { reportReturn } from '../application/report-return.js';
import { requestPaymentSession, type Requested } from '../application/request-payment-session.js';
import { isAnswered } from '../domain/payment-session.js';
import { DOOR, type Door, type OrderRequest } from './needs.js';
import { waitOf } from './preferences.js';
import { brokerSilent, keyReused, notFound, orderExpired } from './problems.js';
import { readWish } from './read-wish.js';
import { answerOf } from './session-answer.js';

@Controller('v1/payment-sessions')
export class PaymentSessionsController implements OnModuleDestroy {
  constructor(@Inject(DOOR) private readonly door: Door) {}

  @Post()
  async create(@Req() request: OrderRequest, @Res() reply: FastifyReply): Promise<void> {
    const token = await this.door.verifyToken(request.headers.authorization);
    request.orderId = token.orderId;
    await logContext.run({ orderId: token.orderId }, async () => {
      const wish = readWish(request, token, this.door.defaultRedirectUrl);
      const origin = { id: this.door.newRequestId(), traceparent: currentTraceparent() };
      const requested = await requestPaymentSession(this.door.tools, origin, wish);
      await this.answer(accepted(requested), request, reply);
    });
  }

  @Get(':id')
  async show(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { orderId } = await this.door.verifyToken(request.headers.authorization);
    request.orderId = orderId;
    if (!PaymentSessionId.safeParse(id).success) throw notFound();
    const session = await this.door.readModel.session(id, orderId);
    if (session === undefined) throw notFound();
    await reply.send(await this.door.showSession(session));
  }

  @Post(':id/returned')
  async returned(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { orderId } = await this.door.verifyToken(request.headers.authorization);
    request.orderId = orderId;
    if (!PaymentSessionId.safeParse(id).success) throw notFound();
    const origin = { id: this.door.newRequestId(), traceparent: currentTraceparent() };
    const returned = await logContext.run({ orderId, paymentSessionId: id }, () =>
      reportReturn(this.door.tools, origin, id, orderId),
    );
    if (returned.kind === 'unknown') throw notFound();
    const headers = { location: `/v1/payment-sessions/${id}`, 'retry-after': '3' };
    await reply
      .status(202)
      .headers(headers)
      .send(await this.door.showSession(returned.session));
  }

  /** Nobody is kept waiting by a stop: who waits is told where to look. */
  onModuleDestroy(): void {
    this.door.answers.close();
  }

  private async answer({ session, replayed }: Accepted, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { log, answers, showSession } = this.door;
    await logContext.run({ paymentSessionId: session.id }, async () => {
      log.info({ replayed }, 'payment session requested');
      const { ms, applied } = waitOf(header(request.headers['prefer']));
      const seen = await answers.waitFor(session, { ms, signal: goneSignal(reply) });
      const view = await showSession(seen);
      const { status, headers, body } = answerOf(view, {
        answered: isAnswered(seen),
        replayed,
        preferenceApplied: applied,
      });
      log.info({ status, sessionStatus: view.status }, 'payment session answered');
      await reply.status(status).headers(headers).send(body);
    });
  }
}

type Accepted = Extract<Requested, { kind: 'requested' }>;

function accepted(requested: Requested): Accepted {
  switch (requested.kind) {
    case 'requested':
      return requested;
    case 'key-reused':
      throw keyReused();
    case 'order-expired':
      throw orderExpired(requested.expiredAt);
    case 'broker-silent':
      throw brokerSilent();
  }
}

const header = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

/** Raised when the caller hangs up. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
