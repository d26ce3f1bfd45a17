import { type Core } from '../core.js';
import { type Fault, skewMsOf } from '../faults.js';
import { type Answer } from '../protocol/answer.js';
import { at } from '../protocol/field-rules.js';
import { parseBody } from '../protocol/parse-body.js';
import { refusal, type SimResult, undecided } from '../protocol/results.js';
import { antomTime } from '../time/antom-time.js';
import { provingHeaders, refusedAtDoor } from './antom-door.js';
import { type Caller } from './caller.js';
import { subjectOf } from './subject.js';

export interface Work {
  readonly name: string;
  readonly work: (body: unknown) => Answer | Promise<Answer>;
}

/** Antom's own SDKs read for 15 seconds. */
const longerThanSdksWaitMs = 20_000;

const longestId = 64;

/** One call: let in by its signature, disturbed by a fault, done, and answered under our signature. */
export class Call {
  readonly #body: unknown;
  readonly #about: { readonly path: string; readonly paymentRequestId?: string };

  constructor(
    private readonly core: Core,
    private readonly caller: Caller,
    private readonly what: Work,
  ) {
    this.#body = parseBody(caller.body);
    const id = at(this.#body, 'paymentRequestId');
    const named = typeof id === 'string' && id.length <= longestId;
    this.#about = { path: caller.path, ...(named ? { paymentRequestId: id } : {}) };
  }

  async run(): Promise<void> {
    const { core, caller } = this;
    const refused = refusedAtDoor(caller, core);
    core.journal.note({ kind: 'request', ...this.#about, signature: refused?.resultMessage ?? 'valid' });
    if (refused !== undefined) return this.#answerUnsigned(refused);
    const fault = this.#fault();
    if (fault === undefined) return this.#answer(await this.#do());
    if (fault.when === 'after' && fault.fault !== 'delay') await this.#do();
    return this.#disturb(fault);
  }

  #fault(): Fault | undefined {
    const { faults, rules, world } = this.core;
    if (faults.isEmpty && rules.isEmpty) return undefined;
    const { name } = this.what;
    const subject = subjectOf(this.#body, world);
    return (
      faults.take(subject.paymentRequestId, name) ?? rules.take('call', subject, ({ call = name }) => call === name)
    );
  }

  #do(): Answer | Promise<Answer> {
    return this.#body === undefined
      ? { result: refusal('PARAM_ILLEGAL', 'Illegal parameters: the body is not JSON in UTF-8.') }
      : this.what.work(this.#body);
  }

  async #disturb(fault: Fault): Promise<void> {
    switch (fault.fault) {
      case 'unavailable':
        return this.#fail(503, 'Service Unavailable', fault);
      case 'error':
        return this.#fail(500, 'Internal Server Error', fault);
      case 'rate limited':
        return this.#fail(429, 'Too Many Requests', fault);
      case 'hang':
        return this.#note(0, undefined, fault);
      case 'reset':
        this.#note(0, undefined, fault);
        return this.caller.hangUp();
      case 'unknown':
        return this.#answer({ result: undecided(fault.code ?? 'UNKNOWN_EXCEPTION') }, fault);
      case 'reject':
        return this.#answer({ result: refusal(fault.code ?? 'PROCESS_FAIL', 'A general business failure.') }, fault);
      case 'delay':
        await this.core.wait(this.#waitOf(fault, 0));
        return this.#answer(await this.#do(), fault);
      case 'slow body':
      case 'clock skew':
      case 'malformed':
      case 'unsigned':
      case 'bad signature':
        return this.#answer(await this.#do(), fault);
    }
  }

  #fail(http: number, text: string, fault: Fault): void {
    this.#note(http, undefined, fault);
    this.caller.answer(http, { 'content-type': 'text/plain' }, text);
  }

  #answer(answer: Answer, fault?: Fault): void {
    const { core } = this;
    const whole = JSON.stringify(answer);
    const body = fault?.fault === 'malformed' ? whole.slice(0, whole.length / 2) : whole;
    const time = antomTime(new Date(core.clock.now().getTime() + skewMsOf(fault)));
    const message = { path: this.#about.path, clientId: core.clientId, time, body };
    this.#note(200, answer.result, fault);
    if (fault?.fault === 'unsigned') return this.caller.answer(200, {}, body);
    const spoilt = fault?.fault === 'bad signature' ? { ...message, body: `${body} ` } : message;
    const headers = provingHeaders(spoilt, core);
    if (fault?.fault !== 'slow body') return this.caller.answer(200, headers, body);
    return void this.caller.drip(200, headers, body, () => core.wait(this.#waitOf(fault, longerThanSdksWaitMs)));
  }

  #waitOf({ delayMs, latency }: Fault, usualMs: number): number {
    return latency === undefined ? (delayMs ?? usualMs) : this.core.chance.latency(latency);
  }

  /** Antom cannot sign for a client or a key that it does not know. */
  #answerUnsigned(result: SimResult): void {
    this.#note(200, result);
    return this.caller.answer(200, {}, JSON.stringify({ result }));
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
