export interface DueTask {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly run: () => void;
}

interface Entry extends DueTask {
  readonly order: number;
  forgotten: boolean;
}

/** Tasks by their moment, those of one moment in the order in which they came. A binary heap. */
export class DueQueue {
  readonly #heap: Entry[] = [];
  #order = 0;

  /** @returns what forgets the task */
  add(task: DueTask): () => void {
    const entry: Entry = { ...task, order: this.#order++, forgotten: false };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return () => void (entry.forgotten = true);
  }

  /** The moment of the first task, or undefined when there is none. */
  next(): number | undefined {
    while (this.#heap[0]?.forgotten === true) this.#takeFirst();
    return this.#heap[0]?.at;
  }

  /** Takes the first task out, if its moment has come. */
  take(until: number): DueTask | undefined {
    const next = this.next();
    return next !== undefined && next <= until ? this.#takeFirst() : undefined;
  }

  #takeFirst(): Entry | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(index: number): void {
    const parent = (index - 1) >> 1;
    if (index === 0 || !this.#before(index, parent)) return;
    this.#swap(index, parent);
    this.#rise(parent);
  }

  #sink(index: number): void {
    const [left, right] = [2 * index + 1, 2 * index + 2];
    let first = left < this.#heap.length && this.#before(left, index) ? left : index;
    if (right < this.#heap.length && this.#before(right, first)) first = right;
    if (first === index) return;
    this.#swap(index, first);
    this.#sink(first);
  }

  #before(index: number, other: number): boolean {
    const [a, b] = [this.#heap[index]!, this.#heap[other]!];
    return a.at === b.at ? a.order < b.order : a.at < b.at;
  }

  #swap(index: number, other: number): void {
    const [a, b] = [this.#heap[index]!, this.#heap[other]!];
    this.#heap[index] = b;
    this.#heap[other] = a;
  }
}
