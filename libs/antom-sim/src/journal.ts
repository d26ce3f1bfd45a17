import { type PaymentOutcome } from './state/facts.js';

/** What went over the wire and how it was judged; never a secret, session data or who the buyer is. */
export type JournalEntry = { readonly at: string; readonly number: number } & (
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
      readonly kind: 'page';
      readonly paymentRequestId?: string;
      /** What was asked for: an operation of the gateway, or what the buyer did at the bank. */
      readonly asked: string;
      readonly answer: string;
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

type Noted<Entry> = Entry extends JournalEntry ? Omit<Entry, 'at' | 'number'> : never;

/** The last entries, in memory, handed on to a log as they come. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  #written = 0;

  constructor(
    private readonly now: () => Date,
    private readonly log: (entry: JournalEntry) => void,
    private readonly longest = 10_000,
  ) {}

  note(entry: Noted<JournalEntry>): void {
    const noted = { at: this.now().toISOString(), number: this.#written + 1, ...entry } as JournalEntry;
    this.#entries[this.#written % this.longest] = noted;
    this.#written += 1;
    this.log(noted);
  }

  /** Those that are still known, the oldest first. */
  entries(): readonly JournalEntry[] {
    const start = this.#written % this.longest;
    return this.#written <= this.longest
      ? this.#entries
      : [...this.#entries.slice(start), ...this.#entries.slice(0, start)];
  }

  /** NDJSON of those after one, by its number. */
  lines(after = 0): string {
    return this.entries()
      .filter(({ number }) => number > after)
      .map((entry) => `${JSON.stringify(entry)}\n`)
      .join('');
  }
}
