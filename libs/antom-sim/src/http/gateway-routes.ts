import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Core } from '../core.js';
import { newAntomId } from '../ids.js';
import { type GatewayAnswer, query, submitPay } from './gateway.js';

type Operation = (wish: unknown, core: Core, baseUrl: string) => GatewayAnswer;

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['com.ipay.iexpcashier.sdkAction.query', query],
  ['com.ipay.iopensandbox.sdk.paymentSession.query', query],
  ['com.ipay.iexpcashier.cashier.submitPayByPaymentSession', submitPay],
]);

/** `/mgw.htm`: where Antom's web SDK and the frame in it ask about a session. */
export function gatewayRoutes(app: FastifyInstance, core: Core): void {
  app.options('/mgw.htm', (request, reply) =>
    allowShop(request, reply)
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': String(request.headers['access-control-request-headers'] ?? ''),
        'access-control-max-age': '600',
      })
      .code(204)
      .send(),
  );
  app.post('/mgw.htm', (request, reply) => {
    const name = String(request.headers['operation-type'] ?? '');
    const operation = operations.get(name) ?? unknownOperation;
    const { status, body, paymentRequestId } = operation(wishIn(request.body), core, baseUrlOf(request));
    const about = paymentRequestId === undefined ? {} : { paymentRequestId };
    const answer = status === 1000 ? (body.success ? 'ok' : String(body['errorCode'])) : `Result-Status ${status}`;
    core.journal.note({ kind: 'page', ...about, asked: name, answer });
    return allowShop(request, reply).headers(resultHeaders(status, core.clock.now())).send(body);
  });
}

const unknownOperation: Operation = () => ({ status: 3000, body: { success: false } });

/** The SDK reads these, so that a browser has to be told that it may. */
function resultHeaders(status: number, now: Date): Record<string, string> {
  const told = status === 1000 ? {} : { tips: encodeURIComponent('The gateway failed.'), memo: 'simulated' };
  return { 'result-status': String(status), 'mgw-traceid': newAntomId(now), ...told };
}

const allowShop = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.headers({
    'access-control-allow-origin': String(request.headers.origin ?? '*'),
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Result-Status, Mgw-TraceId, Tips, Memo',
    vary: 'Origin',
  });

const baseUrlOf = ({ protocol, headers }: FastifyRequest): string => `${protocol}://${headers.host}`;

/** The SDK wraps what it asks in a list of one. */
function wishIn(body: unknown): unknown {
  try {
    return (JSON.parse(String(body)) as unknown[])[0];
  } catch {
    return undefined;
  }
}
