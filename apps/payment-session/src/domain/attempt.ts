import { type BankChoice, type OrderFacts } from '@kasir/contracts';
import { type LifeTable, type Money, type Outcome, sameMoney, walk } from '@kasir/kernel';

export type AttemptStatus =
  /** Kept until it is clear whether the living attempt of its order can be stopped. */
  | 'waiting'
  /** Antom is being asked for a session. */
  | 'started'
  /** The buyer has a session. */
  | 'created'
  | 'rejected'
  /** Nobody will ever hear of its session, so nobody can pay with it. */
  | 'abandoned'
  /** It stands in no other one's way: the buyer never used it, or a person lets the order go on. It is watched on. */
  | 'superseded'
  | 'cancelled'
  | 'expired'
  | 'succeeded';

/** What Antom was asked for may still come to something, as far as we know. */
const asked = ['started', 'created', 'superseded', 'rejected', 'abandoned'] as const;

const arrows = {
  begin: { from: ['waiting'], to: 'started' },
  create: { from: ['started'], to: 'created' },
  reject: { from: ['waiting', 'started'], to: 'rejected' },
  abandon: { from: ['started'], to: 'abandoned' },
  supersede: { from: ['created'], to: 'superseded' },
  cancel: { from: asked, to: 'cancelled' },
  expire: { from: asked, to: 'expired' },
  succeed: { from: [...asked, 'expired'], to: 'succeeded' },
} as const;

export type AttemptStep = keyof typeof arrows;

/** Every arrow in an attempt's life. A verified success beats whatever we believed before, but a cancel that Antom answered. */
export const attemptLife: LifeTable<AttemptStep, AttemptStatus> = {
  first: ['waiting', 'started'],
  arrows,
  why: {
    waiting: 'Antom has not been asked for it',
    started: 'Antom has not answered yet',
    created: 'the buyer has its session, so only the ear ends it',
    rejected: 'there is no session',
    abandoned: 'its session will never be published',
    superseded: 'another one may start beside it, so only the ear ends it',
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
  /** Antom answered a cancel with S: it brings no money any more, even before the ear says so. */
  readonly stopped: boolean;
  /** The ear has heard of a buyer in its session. */
  readonly used: boolean;
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

/** Whether an attempt keeps others of its order from starting. */
export const isLiving = ({ status, stopped }: Pick<Attempt, 'status' | 'stopped'>): boolean =>
  (status === 'started' || status === 'created') && !stopped;

/** Whether it can bring its order no money any more, as far as closing the order goes. */
export const hasEnded = ({ status }: Pick<Attempt, 'status'>): boolean =>
  status === 'rejected' || status === 'cancelled' || status === 'expired';

/** Whether asking Antom to cancel can be of any use. */
export const isCancellable = ({ status, stopped }: Pick<Attempt, 'status' | 'stopped'>): boolean =>
  (status === 'created' || status === 'superseded') && !stopped;

/** Whether a session is what the buyer asks for now: the same bank in the same way, for the same amount. */
export const isSameWish = (
  one: Pick<Attempt, 'bankChoice' | 'amount'>,
  other: Pick<Attempt, 'bankChoice' | 'amount'>,
): boolean =>
  one.bankChoice.bankName === other.bankChoice.bankName &&
  one.bankChoice.category === other.bankChoice.category &&
  one.bankChoice.region === other.bankChoice.region &&
  sameMoney(one.amount, other.amount);
