import { PaymentSessionId } from '@kasir/contracts';
import { currentTraceparent } from '@kasir/platform';
import { type Merchant, type Origin } from '../application/ports.js';
import { isOf, type PaymentSession } from '../domain/payment-session.js';
import { type Caller } from './callers.js';
import { type HttpDependencies, type OrderRequest } from './dependencies.js';
import { notFound, secretKeyNeeded } from './problems.js';

/** Who asks; named in the logs from here on. @throws HttpProblem 401 */
export async function callerOf({ knowCaller }: HttpDependencies, request: OrderRequest): Promise<Caller> {
  const caller = await knowCaller(request.headers.authorization);
  if (caller.kind === 'app') request.orderId = caller.orderId;
  else request.merchant = caller.merchant.name;
  return caller;
}

/** @throws HttpProblem 401, or 403 for an app */
export async function merchantCalling(http: HttpDependencies, request: OrderRequest): Promise<Merchant> {
  const caller = await callerOf(http, request);
  if (caller.kind === 'app') throw secretKeyNeeded();
  return caller.merchant;
}

/** The session that the caller may see. @throws HttpProblem 401, or 404 also for the session of another order */
export async function sessionCalled(
  http: HttpDependencies,
  request: OrderRequest,
  id: string,
): Promise<PaymentSession> {
  const { orderId } = await callerOf(http, request);
  const session = PaymentSessionId.safeParse(id).success ? await http.readModel.session(id) : undefined;
  if (session === undefined || !isOf(session, orderId)) throw notFound();
  return session;
}

/** What is published because of a request names it as its cause. */
export const originOf = ({ newRequestId }: HttpDependencies): Origin => ({
  id: newRequestId(),
  traceparent: currentTraceparent(),
});
