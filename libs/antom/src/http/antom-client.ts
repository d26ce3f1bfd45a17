import { type KeyObject } from 'node:crypto';
import { type Clock, systemClock } from '@kasir/kernel';
import { type Dispatcher, Pool } from 'undici';
import { isSandbox, wirePath } from '../environment.js';
import { signedHeader } from '../signatures/index.js';
import { type Answer, type Antom, type FrozenRequest } from './answer.js';
import { explainFailure } from './failures.js';
import { readAnswer } from './read-answer.js';

/** All in milliseconds. */
export interface AntomTimeouts {
  readonly connect: number;
  /** From the last byte of the request to the first of the answer. */
  readonly headers: number;
  /** Between two parts of the answer's body. */
  readonly body: number;
  /** The whole call, waiting for a connection included. */
  readonly total: number;
}

export interface AntomClientOptions {
  /** Scheme and host only, such as `https://open-sea-global.alipay.com`. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly privateKey: KeyObject;
  /** Antom's keys; more than one while a key is changed over. */
  readonly publicKeys: readonly KeyObject[];
  readonly keyVersion?: string;
  readonly clock?: Clock;
  readonly timeouts?: Partial<AntomTimeouts>;
  readonly connections?: number;
  readonly longestAnswer?: number;
}

/** Antom advises to wait 10 seconds or more for an answer. */
const defaultTimeouts: AntomTimeouts = { connect: 5_000, headers: 15_000, body: 15_000, total: 20_000 };

/** Signs, sends and judges single calls. It never sends anything twice: whether to ask again is the caller's decision. */
export class AntomClient implements Antom {
  readonly #options: AntomClientOptions;
  readonly #timeouts: AntomTimeouts;
  readonly #pool: Pool;
  #closed: Promise<void> | undefined;

  /** @throws RangeError when the base URL is none, or would carry a production client's calls unencrypted */
  constructor(options: AntomClientOptions) {
    this.#options = options;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#pool = new Pool(checkedOrigin(options), {
      connections: options.connections ?? 32,
      pipelining: 1,
      connect: { timeout: this.#timeouts.connect, rejectUnauthorized: true },
      headersTimeout: this.#timeouts.headers,
      bodyTimeout: this.#timeouts.body,
      maxResponseSize: options.longestAnswer ?? 256 * 1024,
    });
  }

  /** Sends the frozen bytes once, under a fresh `Request-Time`. Never rejects: what fails is an answer too. */
  async send(request: FrozenRequest): Promise<Answer> {
    const { clientId, publicKeys } = this.#options;
    const path = wirePath(request.path, clientId);
    try {
      return readAnswer(await this.#post(path, request.body), { method: 'POST', path, clientId }, publicKeys);
    } catch (error) {
      return explainFailure(error);
    }
  }

  /** Waits for calls under way, at most so many milliseconds, then closes all connections. What is cut off is unknown. */
  close(graceMs = 5_000): Promise<void> {
    return (this.#closed ??= this.#close(graceMs));
  }

  async #close(graceMs: number): Promise<void> {
    const timer = setTimeout(() => void this.#pool.destroy(), graceMs);
    await this.#pool.close();
    clearTimeout(timer);
  }

  async #post(path: string, body: string) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(new DOMException('', 'TimeoutError')), this.#timeouts.total);
    try {
      const headers = this.#headers(path, body);
      const answer = await this.#pool.request({ method: 'POST', path, body, headers, signal: giveUp.signal });
      return {
        status: answer.statusCode,
        signature: header(answer, 'signature'),
        responseTime: header(answer, 'response-time'),
        body: Buffer.from(await answer.body.arrayBuffer()),
      };
    } finally {
      clearTimeout(timer);
    }
  }

  #headers(path: string, body: string): Record<string, string> {
    const { clientId, privateKey, keyVersion, clock = systemClock } = this.#options;
    const time = String(clock.now().getTime());
    return {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': clientId,
      'Request-Time': time,
      Signature: signedHeader({ method: 'POST', path, clientId, time, body }, privateKey, keyVersion),
    };
  }
}

function header({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function checkedOrigin({ baseUrl, clientId }: AntomClientOptions): string {
  const url = URL.parse(baseUrl);
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search !== '')
    throw new RangeError(`the base URL of Antom must be scheme and host only, not ${baseUrl}`);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !local && !isSandbox(clientId))
    throw new RangeError('the base URL of Antom must be https unless the client id begins with SANDBOX_');
  return url.origin;
}
