/** A notification: the same body in every delivery. */
export interface Letter {
  readonly id: string;
  readonly about: 'payment' | 'refund';
  /** Whose payment it is about, even where its body says otherwise. */
  readonly paymentRequestId: string;
  readonly outcome: string;
  readonly url: string;
  readonly body: string;
  readonly mischief?: Mischief;
}

/** What goes wrong with a letter on its way. `all` deliveries, or the first so many. */
export interface Mischief {
  /** They are never sent, and Antom believes them unanswered. */
  readonly lost?: number | 'all';
  /** They arrive, but their acknowledgements do not. */
  readonly unheard?: number | 'all';
  readonly badSignature?: number | 'all';
  /** Comes twice, three times, … in one moment. */
  readonly copies?: number;
  /** Signed in the name of another client. */
  readonly clientId?: string;
  /** The first delivery is not made before this, ISO 8601. */
  readonly notBefore?: string;
  /** The first delivery waits until the next letter about the same payment has been delivered. */
  readonly overtaken?: boolean;
}
