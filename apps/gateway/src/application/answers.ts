export interface Patience {
  /** in milliseconds */
  readonly ms: number;
  /** Raised when nobody waits any longer. */
  readonly signal: AbortSignal;
}

export interface AnswersOptions<Thing> {
  /** What is committed of the things with these ids. */
  readonly look: (ids: readonly string[]) => Promise<readonly Thing[]>;
  readonly isAnswered: (thing: Thing) => boolean;
  /** How often to look for what other instances have heard, in milliseconds. */
  readonly pollMs?: number;
}

type Listener<Thing> = (thing: Thing) => void;

/**
 * Holds callers until what they asked for is answered. This instance's own consumer wakes them; a look at the database every
 * now and then finds what other instances have heard.
 */
export class Answers<Thing extends { readonly id: string }> {
  private readonly listeners = new Map<string, Set<Listener<Thing>>>();
  private readonly stopping = new AbortController();
  private readonly toldMeanwhile = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: AnswersOptions<Thing>) {}

  /** Raised when the service stops; from then on nobody waits. */
  get closed(): AbortSignal {
    return this.stopping.signal;
  }

  /** The thing once it is answered, or as it was when patience or the service ended. Never rejects. */
  async waitFor(thing: Thing, { ms, signal }: Patience): Promise<Thing> {
    if (this.options.isAnswered(thing) || ms === 0 || this.closed.aborted || signal.aborted) return thing;
    const end = AbortSignal.any([signal, this.closed]);
    return new Promise((resolve) => {
      const go = (answer: Thing) => {
        clearTimeout(deadline);
        end.removeEventListener('abort', giveUp);
        forget();
        resolve(answer);
      };
      const giveUp = () => go(thing);
      const deadline = setTimeout(giveUp, ms);
      end.addEventListener('abort', giveUp, { once: true });
      const forget = this.listen(thing.id, (latest) => {
        if (this.options.isAnswered(latest)) go(latest);
      });
    });
  }

  /** Calls for all news of a thing, which may repeat what is known. @returns how to stop */
  listen(id: string, listener: Listener<Thing>): () => void {
    const others = this.listeners.get(id);
    if (others === undefined) this.listeners.set(id, new Set([listener]));
    else others.add(listener);
    this.pollSoon();
    return () => this.forget(id, listener);
  }

  /** A change was committed. */
  tell(thing: Thing): void {
    this.toldMeanwhile.add(thing.id);
    this.pass(thing);
  }

  /** Lets everybody go with what is known. */
  close(): void {
    clearTimeout(this.timer);
    this.stopping.abort();
  }

  private pass(thing: Thing): void {
    for (const listener of [...(this.listeners.get(thing.id) ?? [])]) listener(thing);
  }

  private pollSoon(): void {
    if (this.listeners.size === 0 || this.closed.aborted) return;
    this.timer ??= setTimeout(() => void this.poll(), this.options.pollMs ?? 200);
  }

  private forget(id: string, listener: Listener<Thing>): void {
    const others = this.listeners.get(id);
    others?.delete(listener);
    if (others?.size === 0) this.listeners.delete(id);
  }

  private async poll(): Promise<void> {
    // A database that is away ends nobody's waiting: what was asked for is safe.
    this.toldMeanwhile.clear();
    const ids = [...this.listeners.keys()];
    const found = ids.length === 0 ? [] : await this.options.look(ids).catch(() => []);
    // What was told since the look began is newer than what the look found.
    for (const thing of found.filter(({ id }) => !this.toldMeanwhile.has(id))) this.pass(thing);
    this.timer = undefined;
    this.pollSoon();
  }
}
