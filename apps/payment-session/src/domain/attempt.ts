import { type BankChoice, type OrderFacts } from '@kasir/contracts';
import { type LifeTable, type Money, type Outcome, sameMoney, walk } from '@kasir/kernel';
import { type Cancel } from './cancel.js';

export type AttemptStatus =
  /** Kept until it is clear whether the living attempt of its order can be stopped. */
  | 'waiting'
  /** Antom is being asked for a session. */
  | 'started'
  /** The buyer has a session. */
  | 'created'
  | 'rejected'
  /** Its session is never published, so the buyer cannot pay with it. */
  | 'abandoned'
  /** Another attempt may live beside it: the buyer had never used it. It is watched on. */
  | 'superseded'
  | 'cancelled'
  | 'expired'
  | 'succeeded';

/** Antom was asked for a session, and money may still come for it. */
const asked = ['started', 'created', 'superseded', 'abandoned'] as const;

const transitions = {
  begin: { from: ['waiting'], to: 'started' },
  create: { from: ['started'], to: 'created' },
  reject: { from: ['waiting', 'started'], to: 'rejected' },
  abandon: { from: ['started'], to: 'abandoned' },
  supersede: { from: ['created'], to: 'superseded' },
  cancel: { from: asked, to: 'cancelled' },
  expire: { from: asked, to: 'expired' },
  succeed: { from: [...asked, 'rejected', 'expired'], to: 'succeeded' },
  accept: { from: ['cancelled'], to: 'succeeded' },
} as const;

export type AttemptStep = keyof typeof transitions;

/** A verified success beats what was believed before, but for a cancel that Antom answered: then only a person accepts money. */
export const attemptLife: LifeTable<AttemptStep, AttemptStatus> = {
  first: ['waiting', 'started'],
  arrows: transitions,
  why: {
    waiting: 'Antom has not been asked for it',
    started: 'Antom has not answered yet',
    created: 'the buyer has its session, so only payments.v1 ends it',
    rejected: 'there is no session',
    abandoned: 'its session will never be published',
    superseded: 'another one may start beside it, so only payments.v1 ends it',
    cancelled: 'Antom answered a cancel with S and gives back by itself what still comes',
    expired: 'Antom answered after its last moment that it brought nothing; only a success is stronger',
    succeeded: 'a verified success stays',
  },
};

/** The bytes that Antom is asked with, however often it is asked. */
export interface FrozenRequest {
  readonly path: string;
  readonly body: string;
}

export interface Attempt {
  /** Also Antom's `paymentRequestId`. */
  readonly paymentSessionId: string;
  readonly orderId: string;
  readonly order: OrderFacts;
  readonly amount: Money;
  readonly bankChoice: BankChoice;
  readonly status: AttemptStatus;
  /** A payment of the buyer was seen in its session. */
  readonly used: boolean;
  /** The last cancel that was asked for. */
  readonly cancel?: Cancel;
  /** Antom's id of the payment that succeeded. */
  readonly paymentId?: string;
  readonly request: FrozenRequest;
  /** The buyer waits no longer than this for the session. */
  readonly notAfter: Date;
  readonly sessionExpiresAt: Date;
  /** After this moment only an answered inquiry still decides. */
  readonly endsAt: Date;
}

export const advance = (attempt: Attempt, step: AttemptStep): Outcome<Attempt> =>
  walk<AttemptStep, AttemptStatus, Attempt>(attemptLife, step, attempt);

type Stoppable = Pick<Attempt, 'status' | 'cancel'>;

/** Antom answered a cancel with S: it brings no money any more, even before payments.v1 says so. */
export const isStopped = ({ cancel }: Pick<Attempt, 'cancel'>): boolean => cancel?.answer === 'cancelled';

/** Whether Antom is being asked to cancel it: its session is handed out no more. */
export const isLeaving = ({ cancel }: Pick<Attempt, 'cancel'>): boolean =>
  cancel !== undefined && cancel.answer === undefined;

/** Whether an attempt keeps others of its order from starting. */
export const isLiving = (attempt: Stoppable): boolean =>
  (attempt.status === 'started' || attempt.status === 'created') && !isStopped(attempt);

/** Whether it can bring its order no money any more, as far as closing the order goes. */
export const hasEnded = ({ status }: Pick<Attempt, 'status'>): boolean =>
  status === 'rejected' || status === 'cancelled' || status === 'expired';

/** Whether asking Antom to cancel can be of any use. */
export const isCancellable = (attempt: Stoppable): boolean =>
  (attempt.status === 'created' || attempt.status === 'superseded') && !isStopped(attempt);

/** Whether a session is what the buyer chooses now: the same bank in the same way, for the same amount. */
export const isSameChoice = (
  one: Pick<Attempt, 'bankChoice' | 'amount'>,
  other: Pick<Attempt, 'bankChoice' | 'amount'>,
): boolean =>
  one.bankChoice.bankName === other.bankChoice.bankName &&
  one.bankChoice.category === other.bankChoice.category &&
  one.bankChoice.region === other.bankChoice.region &&
  sameMoney(one.amount, other.amount);
