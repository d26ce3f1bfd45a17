/** What an operator may do with messages that could not be applied. */
export interface DeadLetters {
  /** The oldest first; `after` is the id of the last one already seen. Only those nobody has decided upon, unless another state is asked for. */
  list(query?: { limit?: number; after?: string; state?: DeadLetterState }): Promise<DeadLetterSummary[]>;
  show(id: string): Promise<DeadLetterDetails | undefined>;
  /**
   * Applies the message as if it had just come, in one transaction with its receipt, and then what waited for it, in the order
   * of arrival. Where one of those cannot be applied, it becomes a dead letter itself and the rest goes on waiting for it.
   * @throws NoSuchDeadLetter, DeadLetterClosed
   * @throws TypeError without a name or a reason
   * @throws Error whatever kept the database from answering, or when this service does not hear the topic; nothing has happened then
   */
  redrive(id: string, order: OperatorOrder): Promise<Redriven>;
  /** Gives the message up for good; it stays readable. What waited for it is applied as after a redrive. Throws as `redrive` does. */
  discard(id: string, order: OperatorOrder): Promise<Discarded>;
}

export type DeadLetterState = 'kept' | 'redriven' | 'discarded';

export interface OperatorOrder {
  /** Who decided. */
  readonly by: string;
  readonly reason: string;
}

export interface Released {
  /** How many of the messages that waited were applied. */
  readonly released: number;
  /** The id of the dead letter that one of them became, for which the rest waits. */
  readonly parkedAgain?: string;
}

export type Redriven =
  | ({ readonly outcome: 'redriven' } & Released)
  /** It could not be applied this time either, and stays what it was. */
  | { readonly outcome: 'failed'; readonly reason: string };

export type Discarded = { readonly outcome: 'discarded' } & Released;

export interface DeadLetterSummary {
  readonly id: string;
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** As text, or in base64 behind `base64:` where it is none. */
  readonly key: string | undefined;
  readonly eventType: string | undefined;
  readonly eventId: string | undefined;
  readonly reason: string;
  readonly attempts: number;
  readonly diedAt: Date;
  readonly state: DeadLetterState;
  /** Messages of the same key that wait behind it. */
  readonly waiting: number;
}

export interface DeadLetterDetails extends DeadLetterSummary {
  readonly sentAt: Date;
  readonly headers: Readonly<Record<string, unknown>>;
  /** As text, or in base64 behind `base64:` where it is none. */
  readonly body: string | undefined;
  readonly actions: readonly DeadLetterAction[];
}

/** One line of the audit. */
export interface DeadLetterAction {
  readonly action: 'redrive' | 'discard';
  readonly done: boolean;
  readonly by: string;
  readonly reason: string;
  readonly outcome: string;
  readonly released: number;
  readonly at: Date;
}

export class NoSuchDeadLetter extends Error {
  override readonly name = 'NoSuchDeadLetter';
  constructor(id: string) {
    super(`there is no dead letter ${id}`);
  }
}

/** Somebody has redriven or discarded it before. */
export class DeadLetterClosed extends Error {
  override readonly name = 'DeadLetterClosed';
  constructor(
    id: string,
    readonly state: DeadLetterState,
  ) {
    super(`dead letter ${id} was ${state} before`);
  }
}
