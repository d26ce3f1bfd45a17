import { type NewId } from '@kasir/kernel';
import { type Tx } from '@kasir/messaging';
import { type FastifyRequest } from 'fastify';
import { type Answers } from '../application/answers.js';
import { type Origin, type ReadModel, type Stores } from '../application/ports.js';
import { type Tools } from '../application/request-payment-session.js';
import { type ShowSession } from '../application/views.js';
import { type VerifyToken } from './checkout-token.js';

/** What the HTTP controllers need. */
export interface Door {
  readonly verifyToken: VerifyToken;
  readonly tools: Tools;
  readonly readModel: ReadModel;
  readonly answers: Answers;
  readonly showSession: ShowSession;
  readonly defaultRedirectUrl: string | undefined;
  readonly newRequestId: NewId;
  readonly log: Log;
}

/** Where controllers and consumers tell what they do; a pino logger fits. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** The stores of one transaction; what is said in it names its cause. */
export type StoresIn = (tx: Tx, origin: Origin) => Stores;

/** What the consumers need. */
export interface Ear {
  readonly storesIn: StoresIn;
  readonly answers: Answers;
  readonly log: Log;
}

/** A request whose token has been verified names its order, for the logs. */
export type OrderRequest = FastifyRequest & { orderId?: string };

export const DOOR = Symbol('what the HTTP controllers need');
export const EAR = Symbol('what the consumers need');
