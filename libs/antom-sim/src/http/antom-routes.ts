import { type FastifyInstance } from 'fastify';
import { type Core } from '../core.js';
import { type Answer } from '../protocol/answer.js';
import { Call } from './call.js';

/** Opens Antom's calls under the prefix that the client's environment has; the other prefix does not exist for it. */
export function antomRoutes(app: FastifyInstance, core: Core): void {
  const prefix = core.clientId.startsWith('SANDBOX_') ? '/ams/sandbox/api/v1' : '/ams/api/v1';
  const call = (name: string, work: (body: unknown) => Answer | Promise<Answer>) =>
    app.post(`${prefix}/payments/${name}`, (request, reply) => new Call(core, request, reply, { name, work }).run());
  call('createPaymentSession', (body) => core.createPaymentSession(body));
  call('inquiryPayment', (body) => core.inquiryPayment(body));
  call('cancel', (body) => core.cancel(body));
  call('refund', (body) => core.refund(body));
  call('inquiryRefund', (body) => core.inquiryRefund(body));
  call('consult', (body) => core.consult(body));
}
