import { PaymentSessionId } from '@kasir/contracts';
import { currentTraceparent, logContext } from '@kasir/platform';
import { Controller, Get, Inject, type OnModuleDestroy, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requestPaymentSession, type Requested, type Wish } from '../application/request-payment-session.js';
import { isAnswered, isOf, livesUntil, type PaymentSession } from '../domain/payment-session.js';
import { type Caller } from './callers.js';
import { callerOf } from './calling.js';
import { goneSignal, headerOf } from './exchange.js';
import { DOOR, type Door, type OrderRequest } from './needs.js';
import { waitOf } from './preferences.js';
import { brokerSilent, keyReused, notFound, orderExpired } from './problems.js';
import { readMerchantWish, readWish } from './read-wish.js';
import { answerOf } from './session-answer.js';

@Controller('v1/payment-sessions')
export class PaymentSessionsController implements OnModuleDestroy {
  constructor(@Inject(DOOR) private readonly door: Door) {}

  @Post()
  async create(@Req() request: OrderRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await callerOf(this.door, request);
    await logContext.run({ orderId: caller.orderId, merchant: request.merchant }, async () => {
      const wish = this.read(request, caller);
      const orderId = (request.orderId = wish.claims.order.id);
      await logContext.run({ orderId }, async () => {
        const origin = { id: this.door.newRequestId(), traceparent: currentTraceparent() };
        const requested = accepted(await requestPaymentSession(this.door.tools, origin, wish), caller);
        await this.answer(requested, amountFieldOf(wish, caller), request, reply);
      });
    });
  }

  @Get(':id')
  async show(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { orderId } = await callerOf(this.door, request);
    if (!PaymentSessionId.safeParse(id).success) throw notFound();
    const session = await this.door.readModel.session(id);
    if (session === undefined || !isOf(session, orderId)) throw notFound();
    await reply.send(await this.door.showSession(session));
  }

  /** Nobody is kept waiting by a stop: who waits is told where to look. */
  onModuleDestroy(): void {
    this.door.letEverybodyGo();
  }

  private read(request: FastifyRequest, caller: Caller): Wish {
    const { defaultRedirectUrl, tools } = this.door;
    return caller.kind === 'app'
      ? readWish(request, caller.token, defaultRedirectUrl)
      : readMerchantWish(request, tools.clock.now(), defaultRedirectUrl);
  }

  private async answer(
    { session, replayed }: Accepted,
    amountField: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { log, answers, showSession, tools } = this.door;
    await logContext.run({ paymentSessionId: session.id }, async () => {
      log.info({ replayed }, 'payment session requested');
      const { ms, applied } = waitOf(headerOf(request.headers['prefer']));
      const seen = await answers.waitFor(session, { ms, signal: goneSignal(reply) });
      const now = tools.clock.now();
      const [view, living] = await Promise.all([showSession(seen), this.livingBeside(seen, now)]);
      const { status, headers, body } = answerOf(view, {
        ...{ answered: isAnswered(seen), replayed, preferenceApplied: applied },
        ...{ living, now, amountField },
      });
      log.debug({ status, sessionStatus: view.status }, 'payment session answered');
      await reply.status(status).headers(headers).send(body);
    });
  }

  /** The session that the guard has named instead, as it is now. */
  private async livingBeside({ orderId, status, rejection }: PaymentSession, now: Date) {
    const id = status === 'rejected' ? rejection?.livingPaymentSessionId : undefined;
    const living = id === undefined ? undefined : await this.door.readModel.session(id);
    if (living === undefined || !isOf(living, orderId)) return undefined;
    return { view: await this.door.showSession(living), until: livesUntil(living, now) };
  }
}

/** Where a caller has said what the shopper is to pay. */
const amountFieldOf = ({ claims }: Wish, { kind }: Caller): string =>
  `${kind === 'app' ? 'token.' : ''}${claims.payment === undefined ? 'order' : 'payment'}.amount`;

type Accepted = Extract<Requested, { kind: 'requested' }>;

function accepted(requested: Requested, caller: Caller): Accepted {
  switch (requested.kind) {
    case 'requested':
      return requested;
    case 'key-reused':
      throw keyReused();
    case 'order-expired':
      throw orderExpired(requested.expiredAt, caller.kind === 'app' ? 'token.order.expiresAt' : 'order.expiresAt');
    case 'broker-silent':
      throw brokerSilent();
  }
}
