import { errors } from 'undici';
import { type Answer, type UnknownReason } from './answer.js';

/** Met while a connection is made: not a byte of the request has left. */
const unconnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Says what a failed call was. Unless no connection came about, the request may have arrived all the same. */
export function explainFailure(error: unknown): Answer {
  const { code = '', name = '', message = '' } = error as { code?: string; name?: string; message?: string };
  const detail = [code || name, message].filter(Boolean).join(': ');
  const neverSent = unconnected.has(code) || error instanceof errors.ConnectTimeoutError;
  return { kind: 'unknown', reason: reasonOf(error, name), detail, ...(neverSent ? { sent: false as const } : {}) };
}

function reasonOf(error: unknown, name: string): UnknownReason {
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'answer too long';
  const timeouts = [errors.ConnectTimeoutError, errors.HeadersTimeoutError, errors.BodyTimeoutError];
  if (name === 'TimeoutError' || timeouts.some((timeout) => error instanceof timeout)) return 'time-out';
  return 'connection failed';
}
