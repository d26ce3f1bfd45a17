import { type PaymentOutcome } from './state/facts.js';

/** What went over the wire and how it was judged; never a secret, session data or who the buyer is. */
export type JournalEntry = { readonly at: string } & (
  | {
      readonly kind: 'request';
      readonly path: string;
      readonly paymentRequestId?: string;
      /** `valid`, or why it is not. */
      readonly signature: string;
    }
  | {
      readonly kind: 'answer';
      readonly path: string;
      readonly paymentRequestId?: string;
      /** 0: none was given. */
      readonly http: number;
      readonly resultStatus?: string;
      readonly resultCode?: string;
      readonly resultMessage?: string;
      readonly fault?: string;
    }
  | {
      readonly kind: 'payment';
      readonly paymentRequestId: string;
      readonly paymentId: string;
      readonly outcome: PaymentOutcome;
      readonly code: string;
    }
  | {
      readonly kind: 'refund';
      readonly refundRequestId: string;
      readonly refundId: string;
      readonly outcome: 'refunded' | 'failed';
      readonly code: string;
    }
  | {
      readonly kind: 'delivery';
      readonly notificationId: string;
      readonly paymentRequestId: string;
      /** 1 is the first delivery. */
      readonly delivery: number;
      readonly url: string;
      /** `acknowledged`, or why not. */
      readonly verdict: string;
      readonly nextInMs?: number;
    }
);

type WithoutTime<Entry> = Entry extends JournalEntry ? Omit<Entry, 'at'> : never;

/** The last entries, in memory, handed on to a log as they come. */
export class Journal {
  readonly #entries: JournalEntry[] = [];

  constructor(
    private readonly now: () => Date,
    private readonly log: (entry: JournalEntry) => void,
    private readonly longest = 10_000,
  ) {}

  note(entry: WithoutTime<JournalEntry>): void {
    const noted = { at: this.now().toISOString(), ...entry } as JournalEntry;
    this.#entries.push(noted);
    if (this.#entries.length > this.longest) this.#entries.shift();
    this.log(noted);
  }

  entries(): readonly JournalEntry[] {
    return this.#entries;
  }
}
