import { errors } from 'undici';
import { type Answer, type UnknownReason } from './answer.js';

/** Says what a failed call was. The request may have arrived all the same, so every one of them is unknown. */
export function explainFailure(error: unknown): Answer {
  const { code = '', name = '', message = '' } = error as { code?: string; name?: string; message?: string };
  return { kind: 'unknown', reason: reasonOf(error, name), detail: [code || name, message].filter(Boolean).join(': ') };
}

function reasonOf(error: unknown, name: string): UnknownReason {
  if (error instanceof errors.ResponseExceededMaxSizeError) return 'answer too long';
  const timeouts = [errors.ConnectTimeoutError, errors.HeadersTimeoutError, errors.BodyTimeoutError];
  if (name === 'TimeoutError' || timeouts.some((timeout) => error instanceof timeout)) return 'time-out';
  return 'connection failed';
}
