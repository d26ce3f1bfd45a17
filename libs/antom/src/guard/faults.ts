import { type Answer } from '../http/answer.js';

/** Whether an answer says that Antom, or the way to it, is down. A refusal, however rude, is an answer. */
export function isFault(answer: Answer): boolean {
  if (answer.kind !== 'unknown') return false;
  const { reason, status = 0 } = answer;
  return reason === 'connection failed' || reason === 'time-out' || (reason === 'http status' && status >= 500);
}
