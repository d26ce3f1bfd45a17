import { type KeyObject } from 'node:crypto';
import { parseJson } from '../json.js';
import { AnyAnswer } from '../results.js';
import { type SignedMessage, verifySignature } from '../signatures/index.js';
import { type Answer, type UnknownReason } from './answer.js';

export interface HttpAnswer {
  readonly status: number;
  readonly signature: string | undefined;
  readonly responseTime: string | undefined;
  readonly body: Uint8Array;
}

/**
 * Judges one HTTP answer. Antom cannot sign a refusal of a client or key that it does not know, so F and U are heard
 * unsigned too, but never believed; an unsigned S is nothing. Source: rule of Antom's SDKs since September 2026.
 */
export function readAnswer(
  http: HttpAnswer,
  request: Pick<SignedMessage, 'method' | 'path' | 'clientId'>,
  publicKeys: readonly KeyObject[],
): Answer {
  if (http.status !== 200)
    return { ...unknown('http status', `Antom answered with HTTP ${http.status}`), status: http.status };
  const read = AnyAnswer.safeParse(parseJson(http.body));
  if (!read.success) return unknown('unreadable', 'the answer is not JSON with a result');
  const { result } = read.data;
  const { signature, responseTime } = http;
  if (signature === undefined && responseTime === undefined)
    return result.status === 'S'
      ? unknown('unsigned success', 'Antom answered S without a signature')
      : { kind: 'unverified', result };
  if (signature === undefined || responseTime === undefined)
    return unknown('half signed', `the answer has no ${signature === undefined ? 'signature' : 'response-time'}`);
  const verdict = verifySignature({ ...request, time: responseTime, body: http.body }, signature, publicKeys);
  if (verdict.kind === 'invalid') return unknown('bad signature', verdict.detail);
  return { kind: 'answered', result, body: read.data };
}

const unknown = (reason: UnknownReason, detail: string) => ({ kind: 'unknown' as const, reason, detail });
