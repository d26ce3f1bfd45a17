import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Core } from '../core.js';
import { SimulatorRefusal } from '../refusal.js';
import { Call, type Work } from './call.js';
import { bodyOf, Caller } from './caller.js';

const longestBody = 1024 * 1024;

/** Takes Antom's calls and leaves everything else: false when a request is none. */
export type AntomFront = (incoming: IncomingMessage, response: ServerResponse) => boolean;

/** Opens Antom's calls under the prefix that the client's environment has; the other prefix does not exist for it. */
export function antomFront(core: Core): AntomFront {
  const prefix = core.clientId.startsWith('SANDBOX_') ? '/ams/sandbox/api/v1' : '/ams/api/v1';
  const works = new Map(worksOf(core).map((work) => [`${prefix}/payments/${work.name}`, work]));
  return (incoming, response) => {
    if (incoming.method !== 'POST') return false;
    const work = works.get(pathOnly(incoming.url ?? ''));
    if (work === undefined) return false;
    void take(core, work, incoming, response);
    return true;
  };
}

const worksOf = (core: Core): readonly Work[] => [
  { name: 'createPaymentSession', work: (body) => core.createPaymentSession(body) },
  { name: 'inquiryPayment', work: (body) => core.inquiryPayment(body) },
  { name: 'cancel', work: (body) => core.cancel(body) },
  { name: 'refund', work: (body) => core.refund(body) },
  { name: 'inquiryRefund', work: (body) => core.inquiryRefund(body) },
  { name: 'consult', work: (body) => core.consult(body) },
];

function pathOnly(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

async function take(core: Core, work: Work, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(incoming, longestBody);
  const caller = new Caller(incoming, response, body ?? Buffer.alloc(0));
  if (body === undefined) return tooLong(incoming, caller);
  try {
    await new Call(core, caller, work).run();
  } catch (error) {
    const status = error instanceof SimulatorRefusal ? error.status : 500;
    caller.answer(status, {}, JSON.stringify({ error: (error as Error).message }));
  }
}

function tooLong(incoming: IncomingMessage, caller: Caller): void {
  if (incoming.complete) caller.answer(413, {}, JSON.stringify({ error: `a body has at most ${longestBody} bytes` }));
}
