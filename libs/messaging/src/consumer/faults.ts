import { causesOf } from '../causes.js';
import { Unprocessable } from '../unprocessable.js';

/** Transient: the world is in the way. Refused: the handler says never. Unexplained: perhaps a bug, perhaps not. */
export type Fault = 'transient' | 'refused' | 'unexplained';

/** SQLSTATE classes: connection, login, transaction rollback, resources, operator intervention, system. */
const transientClasses = new Set(['08', '28', '40', '53', '57', '58']);
/** Missing database, read-only server, idle in transaction, lock not available. */
const transientStates = new Set(['3D000', '25006', '25P03', '55P03']);
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** What pg, its pool and TypeORM say about a lost connection without any code. */
const lostConnection =
  /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|query read timeout|query runner already released/i;

export function faultOf(error: unknown): Fault {
  const causes = [...causesOf(error)];
  if (causes.some((cause) => cause instanceof Unprocessable)) return 'refused';
  return causes.some(({ code, message }) => isTransient(code) || lostConnection.test(message))
    ? 'transient'
    : 'unexplained';
}

const isTransient = (code: unknown): boolean =>
  typeof code === 'string' &&
  (socketCodes.has(code) ||
    (code.length === 5 && (transientStates.has(code) || transientClasses.has(code.slice(0, 2)))));
