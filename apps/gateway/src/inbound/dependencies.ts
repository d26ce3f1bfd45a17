import { type NewId } from '@kasir/kernel';
import { type Tx } from '@kasir/messaging';
import { type FastifyRequest } from 'fastify';
import { type Answers } from '../application/answers.js';
import { type Dependencies, type Origin, type ReadModel, type Stores } from '../application/ports.js';
import { type ShowSession } from '../application/views.js';
import { type PaymentSession } from '../domain/payment-session.js';
import { type Refund } from '../domain/refund.js';
import { type KnowCaller } from './callers.js';
import { type EventStreams } from './event-streams.js';

/** What the HTTP controllers need. */
export interface HttpDependencies {
  readonly knowCaller: KnowCaller;
  /** Of the use cases. */
  readonly dependencies: Dependencies;
  readonly readModel: ReadModel;
  readonly answers: Answers<PaymentSession>;
  readonly refundAnswers: Answers<Refund>;
  /** For those who follow every change of a session. */
  readonly changes: Answers<PaymentSession>;
  readonly streams: EventStreams;
  /** The service stops: every caller who waits gets what is known. */
  letEverybodyGo(): void;
  readonly showSession: ShowSession;
  readonly defaultRedirectUrl: string | undefined;
  readonly newRequestId: NewId;
  readonly log: Log;
}

/** Where controllers and consumers log what they do; a pino logger fits. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What the consumer needs. */
export interface ConsumerDependencies {
  /** The stores of one transaction; what is published in it names its cause. */
  readonly storesIn: (tx: Tx, origin: Origin) => Stores;
  /** Called after the commit. */
  onSession(session: PaymentSession): void;
  onRefund(refund: Refund): void;
  readonly log: Log;
}

/** A request whose caller is known names its order and its merchant, for the logs. */
export type OrderRequest = FastifyRequest & { orderId?: string; merchant?: string };

export const HTTP_DEPENDENCIES = Symbol('what the HTTP controllers need');
export const CONSUMER_DEPENDENCIES = Symbol('what the consumer needs');
