import { type Envelope } from '@kasir/contracts';
import { type RecordHeaders } from '../broker.js';
import { readHeader } from '../events/headers.js';

const mostKeys = 100_000;

/** Counts holes and repeats in what a producer said about one key. It only reports. */
export class SequenceWatch {
  readonly #last = new Map<string, number>();
  gaps = 0;
  repeats = 0;

  observe({ source, subject, sequence }: Pick<Envelope, 'source' | 'subject' | 'sequence'>): void {
    const key = `${source} ${subject}`;
    const last = this.#last.get(key);
    if (last !== undefined && sequence <= last) {
      this.repeats += 1;
      return;
    }
    if (last !== undefined && sequence > last + 1) this.gaps += 1;
    this.#last.delete(key);
    this.#last.set(key, sequence);
    if (this.#last.size > mostKeys) this.#last.delete(this.#last.keys().next().value!);
  }

  /** Observes a message that is not handled by its headers alone. */
  observeHeaders(headers: RecordHeaders): void {
    const [source, subject] = [readHeader(headers, 'source'), readHeader(headers, 'subject')];
    const sequence = Number(readHeader(headers, 'sequence'));
    if (source !== undefined && subject !== undefined && sequence > 0) this.observe({ source, subject, sequence });
  }

  /** After a rebalance others may have read on in the meantime: what was seen before says nothing any more. */
  forget(): void {
    this.#last.clear();
  }
}
