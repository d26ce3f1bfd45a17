import { setTimeout as pause } from 'node:timers/promises';
import { StorageUnavailable } from '../application/ports.js';

/** SQLSTATE classes: connection, resources, operator intervention, system. */
const awayClasses: readonly string[] = ['08', '53', '57', '58'];
/** Read-only server, idle in transaction, lock not available. */
const awayStates: readonly string[] = ['25006', '25P03', '55P03'];
const socketCodes: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];
/** What pg and its pool say about a lost connection without any code. */
const lostConnection =
  /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|query read timeout/i;

/** Whether the database is away, as told by what a driver threw. */
export function isAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, message, driverError, cause } = error as Record<string, unknown>;
  if (typeof code === 'string' && saysAway(code)) return true;
  if (typeof message === 'string' && lostConnection.test(message)) return true;
  return isAway(driverError, depth + 1) || isAway(cause, depth + 1);
}

const saysAway = (code: string): boolean =>
  socketCodes.includes(code) ||
  awayStates.includes(code) ||
  (code.length === 5 && awayClasses.includes(code.slice(0, 2)));

const longestMs = 5_000;

/** The result of a piece of database work. @throws StorageUnavailable when the database is away, or silent for 5 s */
export async function answering<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const tooLate = pause(longestMs, undefined, { signal: done.signal }).then(() => {
    throw new StorageUnavailable(new Error(`no answer within ${longestMs} ms`));
  });
  tooLate.catch(() => undefined);
  try {
    return await Promise.race([work, tooLate]);
  } catch (error) {
    throw isAway(error) ? new StorageUnavailable(error) : error;
  } finally {
    done.abort();
  }
}
