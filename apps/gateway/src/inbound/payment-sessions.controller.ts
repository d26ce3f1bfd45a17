import { logContext } from '@kasir/platform';
import { Controller, Get, Inject, type OnModuleDestroy, Param, Post, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { requestPaymentSession, type Requested, type SessionRequest } from '../application/request-payment-session.js';
import { isAnswered, isOf, livesUntil, type PaymentSession } from '../domain/payment-session.js';
import { type Caller } from './callers.js';
import { callerOf, originOf, sessionCalled } from './calling.js';
import { HTTP_DEPENDENCIES, type HttpDependencies, type OrderRequest } from './dependencies.js';
import { goneSignal, headerOf } from './exchange.js';
import { waitOf } from './preferences.js';
import { brokerSilent, keyReused, orderExpired } from './problems.js';
import { readAppRequest, readMerchantRequest } from './read-session-request.js';
import { answerOf } from './session-answer.js';

@Controller('v1/payment-sessions')
export class PaymentSessionsController implements OnModuleDestroy {
  constructor(@Inject(HTTP_DEPENDENCIES) private readonly http: HttpDependencies) {}

  @Post()
  async create(@Req() request: OrderRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await callerOf(this.http, request);
    await logContext.run({ orderId: caller.orderId, merchant: request.merchant }, async () => {
      const asked = this.read(request, caller);
      const orderId = (request.orderId = asked.claims.order.id);
      await logContext.run({ orderId }, async () => {
        const requested = accepted(
          await requestPaymentSession(this.http.dependencies, originOf(this.http), asked),
          asked,
        );
        await this.answer(requested, amountFieldOf(asked), request, reply);
      });
    });
  }

  @Get(':id')
  async show(@Req() request: OrderRequest, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await reply.send(await this.http.showSession(await sessionCalled(this.http, request, id)));
  }

  /** A stop keeps no caller waiting: each is told where to look. */
  onModuleDestroy(): void {
    this.http.letEverybodyGo();
  }

  private read(request: FastifyRequest, caller: Caller): SessionRequest {
    const { defaultRedirectUrl, dependencies } = this.http;
    return caller.kind === 'app'
      ? readAppRequest(request, caller.token, defaultRedirectUrl)
      : readMerchantRequest(request, dependencies.clock.now(), defaultRedirectUrl);
  }

  private async answer(
    { session, replayed }: Accepted,
    amountField: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { log, answers, showSession, dependencies } = this.http;
    await logContext.run({ paymentSessionId: session.id }, async () => {
      log.info({ replayed }, 'payment session requested');
      const { ms, applied } = waitOf(headerOf(request.headers['prefer']));
      const seen = await answers.waitFor(session, { ms, signal: goneSignal(reply) });
      const now = dependencies.clock.now();
      const [view, living] = await Promise.all([showSession(seen), this.livingBeside(seen, now)]);
      const { status, headers, body } = answerOf(view, {
        ...{ answered: isAnswered(seen), replayed, preferenceApplied: applied },
        ...{ living, now, amountField },
      });
      log.debug({ status, sessionStatus: view.status }, 'payment session answered');
      await reply.status(status).headers(headers).send(body);
    });
  }

  /** The session that the rejection names instead, as it is now. */
  private async livingBeside({ orderId, status, rejection }: PaymentSession, now: Date) {
    const id = status === 'rejected' ? rejection?.livingPaymentSessionId : undefined;
    const living = id === undefined ? undefined : await this.http.readModel.session(id);
    if (living === undefined || !isOf(living, orderId)) return undefined;
    return { view: await this.http.showSession(living), until: livesUntil(living, now) };
  }
}

/** Where an app names what belongs to the order. */
const prefixOf = ({ by }: SessionRequest): string => (by === 'app' ? 'token.' : '');

/** Where a caller has named what the buyer pays. */
const amountFieldOf = (asked: SessionRequest): string =>
  `${prefixOf(asked)}${asked.claims.payment === undefined ? 'order' : 'payment'}.amount`;

type Accepted = Extract<Requested, { kind: 'requested' }>;

function accepted(requested: Requested, asked: SessionRequest): Accepted {
  switch (requested.kind) {
    case 'requested':
      return requested;
    case 'key-reused':
      throw keyReused();
    case 'order-expired':
      throw orderExpired(requested.expiredAt, `${prefixOf(asked)}order.expiresAt`);
    case 'broker-silent':
      throw brokerSilent();
  }
}
