import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../faults.js';
import { type Answer } from '../protocol/answer.js';
import { at } from '../protocol/field-rules.js';
import { refusal, type SimResult, undecided } from '../protocol/results.js';
import { antomTime } from '../time/antom-time.js';
import { type Core } from '../core.js';
import { provingHeaders, refusedAtDoor } from './antom-door.js';

/** Opens Antom's calls under the prefix that the client's environment has; the other prefix does not exist for it. */
export function antomRoutes(app: FastifyInstance, core: Core): void {
  const prefix = core.clientId.startsWith('SANDBOX_') ? '/ams/sandbox/api/v1' : '/ams/api/v1';
  const call = (name: string, work: (body: unknown) => Answer) =>
    app.post(`${prefix}/payments/${name}`, (request, reply) => new Call(core, request, reply, work).run());
  call('createPaymentSession', (body) => core.createPaymentSession(body));
  call('inquiryPayment', (body) => core.inquiryPayment(body));
  call('cancel', (body) => core.cancel(body));
  call('refund', (body) => core.refund(body));
  call('inquiryRefund', (body) => core.inquiryRefund(body));
  call('consult', (body) => core.consult(body));
}

/** One call: let in by its signature, disturbed by a fault, done, and answered under our signature. */
class Call {
  readonly #path: string;
  readonly #raw: Buffer;
  readonly #body: unknown;
  readonly #about: { readonly path: string; readonly paymentRequestId?: string };

  constructor(
    private readonly core: Core,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly work: (body: unknown) => Answer,
  ) {
    this.#path = request.raw.url ?? '';
    this.#raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    this.#body = parse(this.#raw);
    const id = at(this.#body, 'paymentRequestId');
    this.#about = { path: this.#path, ...(typeof id === 'string' ? { paymentRequestId: id } : {}) };
  }

  async run(): Promise<FastifyReply> {
    const { core } = this;
    const refused = refusedAtDoor({ path: this.#path, headers: this.request.headers, body: this.#raw }, core);
    core.journal.note({ kind: 'request', ...this.#about, signature: refused?.resultMessage ?? 'valid' });
    if (refused !== undefined) return this.#answerUnsigned(refused);
    const fault = core.faults.take(this.#about.paymentRequestId ?? '');
    if (fault === undefined) return this.#answer(this.#do());
    if (fault.when === 'after' && fault.fault !== 'delay') this.#do();
    return this.#disturb(fault);
  }

  #do(): Answer {
    return this.#body === undefined
      ? { result: refusal('PARAM_ILLEGAL', 'Illegal parameters: the body is not JSON.') }
      : this.work(this.#body);
  }

  async #disturb(fault: Fault): Promise<FastifyReply> {
    switch (fault.fault) {
      case 'unavailable':
        this.#note(503, undefined, fault);
        return this.reply.code(503).type('text/plain').send('Service Unavailable');
      case 'hang':
        this.#note(0, undefined, fault);
        return this.reply.hijack();
      case 'unknown':
        return this.#answer({ result: undecided(fault.code ?? 'UNKNOWN_EXCEPTION') }, fault);
      case 'reject':
        return this.#answer({ result: refusal(fault.code ?? 'PROCESS_FAIL', 'A general business failure.') }, fault);
      case 'delay':
        await this.core.wait(fault.delayMs ?? 0);
        return this.#answer(this.#do(), fault);
    }
  }

  #answer(answer: Answer, fault?: Fault): FastifyReply {
    const { core } = this;
    const message = {
      path: this.#path,
      clientId: core.clientId,
      time: antomTime(core.clock.now()),
      body: JSON.stringify(answer),
    };
    this.#note(200, answer.result, fault);
    return this.#send(message.body, provingHeaders(message, core));
  }

  /** Antom cannot sign for a client or a key that it does not know. */
  #answerUnsigned(result: SimResult): FastifyReply {
    this.#note(200, result);
    return this.#send(JSON.stringify({ result }), {});
  }

  #send(body: string, headers: Record<string, string>): FastifyReply {
    return this.reply.headers({ ...headers, 'content-type': 'application/json; charset=UTF-8' }).send(body);
  }

  #note(http: number, result: SimResult | undefined, fault?: Fault): void {
    this.core.journal.note({
      kind: 'answer',
      ...this.#about,
      http,
      ...result,
      ...(fault === undefined ? {} : { fault: fault.fault }),
    });
  }
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
