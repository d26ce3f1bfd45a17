import { type KeyObject } from 'node:crypto';
import { signedHeader } from '@kasir/antom/signatures';
import { type Dispatcher } from 'undici';
import { acknowledgementProblem } from './acknowledged.js';
import { exchange } from './exchange.js';

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

/** Delivers one signed notification. Undefined means acknowledged; a text says why it is not. */
export async function post(
  { url, body, clientId, time, badSignature }: Parcel,
  { privateKey, dispatcher, timeoutMs }: PostOptions,
): Promise<string | undefined> {
  const { origin, path } = placeOf(url);
  const signedBody = badSignature ? `${body} ` : body;
  const headers = {
    'Content-Type': 'application/json; charset=UTF-8',
    'Client-Id': clientId,
    'Request-Time': time,
    Signature: signedHeader({ method: 'POST', path, clientId, time, body: signedBody }, privateKey),
  };
  try {
    const answer = await exchange(dispatcher, { origin, path, method: 'POST', headers, body }, timeoutMs);
    return acknowledgementProblem(answer.status, answer.body);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === undefined ? message : `${code}: ${message}`;
  }
}

interface Place {
  readonly origin: string;
  readonly path: string;
}

/** A merchant has few addresses, and each is written to again and again. */
const places = new Map<string, Place>();

function placeOf(url: string): Place {
  const known = places.get(url);
  if (known !== undefined) return known;
  const { origin, pathname, search } = new URL(url);
  const place = { origin, path: pathname + search };
  if (places.size < 1_000) places.set(url, place);
  return place;
}
