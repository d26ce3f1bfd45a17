import { type KeyObject } from 'node:crypto';
import { signedHeader } from '@kasir/antom/signatures';
import { type Dispatcher, request } from 'undici';
import { acknowledgementProblem } from './acknowledged.js';

export interface Parcel {
  readonly url: string;
  readonly body: string;
  readonly clientId: string;
  /** The value of `Request-Time`. */
  readonly time: string;
  readonly badSignature: boolean;
}

export interface PostOptions {
  readonly privateKey: KeyObject;
  readonly dispatcher: Dispatcher;
  readonly timeoutMs: number;
}

const longestAnswer = 64 * 1024;

/** Delivers one signed notification. Undefined means acknowledged; a text says why it is not. */
export async function post(
  parcel: Parcel,
  { privateKey, dispatcher, timeoutMs }: PostOptions,
): Promise<string | undefined> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  try {
    const options = { method: 'POST' as const, body: parcel.body, dispatcher, signal: giveUp.signal };
    const answer = await request(parcel.url, { ...options, headers: headersOf(parcel, privateKey) });
    const body = Buffer.from(await answer.body.arrayBuffer());
    return acknowledgementProblem(answer.statusCode, body.subarray(0, longestAnswer).toString('utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === undefined ? message : `${code}: ${message}`;
  } finally {
    clearTimeout(timer);
  }
}

function headersOf({ url, body, clientId, time, badSignature }: Parcel, privateKey: KeyObject): Record<string, string> {
  const { pathname, search } = new URL(url);
  const signedBody = badSignature ? `${body} ` : body;
  const message = { method: 'POST', path: pathname + search, clientId, time, body: signedBody };
  return {
    'Content-Type': 'application/json; charset=UTF-8',
    'Client-Id': clientId,
    'Request-Time': time,
    Signature: signedHeader(message, privateKey),
  };
}
