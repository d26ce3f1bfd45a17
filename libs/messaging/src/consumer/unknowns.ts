import { type Log } from '../log.js';

/** Whoever invents names does not fill our memory and our log with them. */
const mostTold = 1_000;

/** Counts what newer producers say and we do not know. Each is told of once; nobody is kept from anything. */
export class Unknowns {
  types = 0;
  fields = 0;
  readonly #told = new Set<string>();

  constructor(private readonly log: Log) {}

  passOver(topic: string, type: string): void {
    this.types += 1;
    this.#tellOnce({ topic, type }, 'events of an unknown type are passed over');
  }

  dropFields(topic: string, type: string, fields: readonly string[]): void {
    this.fields += fields.length;
    for (const field of fields)
      this.#tellOnce({ topic, type, field }, 'events carry a field that is unknown here and dropped');
  }

  #tellOnce(fields: Readonly<Record<string, string>>, message: string): void {
    const what = Object.values(fields).join(' ');
    if (this.#told.has(what) || this.#told.size >= mostTold) return;
    this.#told.add(what);
    this.log.info(fields, message);
  }
}
