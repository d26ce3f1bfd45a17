import { type FastifyInstance } from 'fastify';
import { type PayingWish } from '../acts/bank-word.js';
import { type BankMethod } from '../banks/bank-method.js';
import { methodOf } from '../banks/choose.js';
import { type Core } from '../core.js';
import { SimulatorRefusal } from '../refusal.js';
import { type Session } from '../state/views.js';
import { type Order, orderIn, textIn } from './orders.js';

interface SessionRoute {
  readonly Params: { readonly paymentRequestId: string };
}

/** Stands in for the buyer. */
export function sessionRoutes(app: FastifyInstance, core: Core): void {
  const { payments } = core.world;
  app.get('/_sim/sessions', () => payments.sessions().map(withoutData));
  app.get<SessionRoute>('/_sim/sessions/:paymentRequestId', ({ params }) => {
    const session = payments.session(params.paymentRequestId);
    if (session === undefined) throw new SimulatorRefusal(404, `there is no session ${params.paymentRequestId}`);
    return withoutData(session);
  });
  app.post<SessionRoute>('/_sim/sessions/:paymentRequestId/submit', (request) =>
    withoutData(core.cashier.submit(request.params.paymentRequestId, methodIn(orderIn(request)))),
  );
  const pay = (paymentRequestId: string, wish: PayingWish) => {
    const earlier = payments.charge(paymentRequestId);
    if (earlier !== undefined) return earlier;
    const session = core.cashier.act(paymentRequestId, wish);
    return payments.charge(paymentRequestId) ?? afterwards(session);
  };
  app.post<SessionRoute>('/_sim/sessions/:paymentRequestId/pay', ({ params: { paymentRequestId } }) =>
    pay(paymentRequestId, { does: 'pay' }),
  );
  for (const does of ['underpay', 'overpay'] as const)
    app.post<SessionRoute>(`/_sim/sessions/:paymentRequestId/${does}`, (request) =>
      pay(request.params.paymentRequestId, { does, value: textIn(orderIn(request), 'value') }),
    );
  app.post<SessionRoute>('/_sim/sessions/:paymentRequestId/refuse', (request) => {
    const code = textIn(orderIn(request), 'code') ?? 'USER_BALANCE_NOT_ENOUGH';
    return afterwards(core.cashier.act(request.params.paymentRequestId, { does: 'be refused', code }));
  });
}

/** Whoever holds the session data can pay. */
const withoutData = ({ sessionData: _, ...session }: Session) => session;

const afterwards = ({ paymentRequestId, status, code }: Session) => ({ paymentRequestId, status, code });

function methodIn(order: Order): BankMethod | undefined {
  const code = textIn(order, 'method');
  const method = methodOf(code ?? '');
  if (code !== undefined && method === undefined) throw new SimulatorRefusal(400, `there is no method ${code}`);
  return method;
}
