import { type Stopwatch } from './stopwatch.js';

/** A stopwatch that goes only when the test says so. */
export class HandStopwatch implements Stopwatch {
  private time = 0;
  private calls: { readonly at: number; readonly then: () => void }[] = [];

  now = (): number => this.time;

  after(ms: number, then: () => void): () => void {
    const call = { at: this.time + ms, then };
    this.calls.push(call);
    return () => (this.calls = this.calls.filter((other) => other !== call));
  }

  advance(ms: number): void {
    const end = this.time + ms;
    for (let due = this.next(end); due !== undefined; due = this.next(end)) {
      this.time = due.at;
      due.then();
    }
    this.time = end;
  }

  private next(end: number) {
    const [first] = this.calls.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
    this.calls = this.calls.filter((call) => call !== first);
    return first;
  }
}
