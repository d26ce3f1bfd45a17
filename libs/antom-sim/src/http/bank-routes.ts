import { type FastifyInstance, type FastifyReply } from 'fastify';
import { type BuyerWish } from '../acts/bank-word.js';
import { type Core } from '../core.js';
import { confirmPage, logInPage, transferPage } from '../pages/bank-pages.js';
import { endPage, unknownPage, type WayBack } from '../pages/end-page.js';
import { type Language, languageOf } from '../pages/words/languages.js';
import { methodOfSession } from '../protocol/cancel.js';
import { SimulatorRefusal } from '../refusal.js';
import { type PageFault } from '../rules/scenario.js';
import { type Session } from '../state/views.js';

interface BankRoute {
  readonly Params: { readonly paymentId: string };
  readonly Querystring: { readonly lang?: string; readonly step?: string };
}

/** The pages of every bank: an app, online banking, and a transfer. */
export function bankRoutes(app: FastifyInstance, core: Core): void {
  app.get<BankRoute>('/bank/:paymentId', ({ params, query, headers }, reply) => {
    const session = core.world.payments.byPaymentId(params.paymentId);
    const language = languageOf(query.lang ?? headers['accept-language']);
    if (session === undefined) return page(reply.code(404), unknownPage(language));
    return page(reply, screen(session, language, query.step));
  });
  app.post<BankRoute>('/bank/:paymentId', ({ params, body }, reply) => {
    const form = new URLSearchParams(String(body));
    const session = core.world.payments.byPaymentId(params.paymentId);
    const language = languageOf(form.get('lang'));
    if (session === undefined) return page(reply.code(404), unknownPage(language));
    return new Visit(core, session, language, form).answer(reply);
  });
}

const page = (reply: FastifyReply, text: string): FastifyReply => reply.type('text/html; charset=utf-8').send(text);

function screen(session: Session, language: Language, step?: string): string {
  const { category } = methodOfSession(session);
  if (session.status !== 'submitted') return endPage(session, language, category === 'BANK_TRANSFER' ? 'none' : 'link');
  if (category === 'BANK_TRANSFER') return transferPage({ session, language });
  if (category === 'MOBILE_BANKING_APP') return confirmPage({ session, language }, 'app');
  return step === 'confirm' ? confirmPage({ session, language }, 'online') : logInPage({ session, language });
}

const answers: ReadonlyMap<string, BuyerWish> = new Map<string, BuyerWish>([
  ['pay', { does: 'pay' }],
  ['less', { does: 'underpay' }],
  ['more', { does: 'overpay' }],
  ['balance', { does: 'be refused', code: 'USER_BALANCE_NOT_ENOUGH' }],
  ['risk', { does: 'be refused', code: 'RISK_REJECT' }],
  ['later', { does: 'pay later', afterMs: 60_000 }],
]);
const givesUp: BuyerWish = { does: 'be refused', code: 'ORDER_IS_CANCELED' };

/** One form that a buyer sent to a bank. */
class Visit {
  constructor(
    private readonly core: Core,
    private readonly session: Session,
    private readonly language: Language,
    private readonly form: URLSearchParams,
  ) {}

  answer(reply: FastifyReply): FastifyReply {
    const does = this.form.get('does') ?? '';
    if (does === 'log in') return this.#logIn(reply);
    const wish = does === 'cancel' ? givesUp : answers.get(this.form.get('answer') ?? '');
    if (wish === undefined) return page(reply.code(422), screen(this.session, this.language));
    const { paymentRequestId } = this.session;
    try {
      const session = this.core.cashier.act(paymentRequestId, wish);
      this.core.journal.note({ kind: 'page', paymentRequestId, asked: wish.does, answer: session.status });
      return this.#leave(session, reply);
    } catch (error) {
      if (!(error instanceof SimulatorRefusal)) throw error;
      return page(reply.code(409), screen(this.core.world.payments.session(paymentRequestId)!, this.language));
    }
  }

  #logIn(reply: FastifyReply): FastifyReply {
    const complete = ['user', 'password'].every((field) => (this.form.get(field) ?? '') !== '');
    const { session, language } = this;
    return complete
      ? reply.redirect(`/bank/${session.paymentId}?lang=${language}&step=confirm`, 303)
      : page(reply.code(422), logInPage({ session, language }, true));
  }

  /** After a transfer nobody sends the buyer back. */
  #leave(session: Session, reply: FastifyReply): FastifyReply {
    const fault = this.core.rules.take('page', session, (each) => wayBacks[each] !== undefined);
    if (fault !== undefined) return page(reply, endPage(session, this.language, wayBacks[fault]!));
    const transfer = methodOfSession(session).category === 'BANK_TRANSFER';
    if (session.status === 'submitted' || transfer) return page(reply, screen(session, this.language));
    return reply.redirect(session.redirectUrl, 303);
  }
}

const wayBacks: Partial<Record<PageFault, WayBack>> = {
  'no return': 'none',
  'return in other browser': 'new window',
};
