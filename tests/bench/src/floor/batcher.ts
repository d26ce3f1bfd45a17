type Waiting<Item, Result> = { item: Item; resolve(result: Result): void; reject(error: unknown): void };

/** Flushes at once while no flush is under way, and collects otherwise. A flush gives one result per item. */
export function batcher<Item, Result>(flush: (items: Item[]) => Promise<readonly Result[]>) {
  const waiting: Waiting<Item, Result>[] = [];
  let [underWay, scheduled] = [0, false];
  const start = (): void => {
    scheduled = false;
    while (underWay < 1 && waiting.length > 0) {
      const batch = waiting.splice(0, 200);
      underWay += 1;
      void flush(batch.map(({ item }) => item))
        .then(
          (results) => batch.forEach(({ resolve }, index) => resolve(results[index]!)),
          (error: unknown) => batch.forEach(({ reject }) => reject(error)),
        )
        .finally(() => ((underWay -= 1), start()));
    }
  };
  return (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!scheduled) setImmediate(start);
      scheduled = true;
    });
}

/** Repeats until it succeeds: the database, the broker or Antom may be away for a while. */
export async function persistently<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (;;)
    try {
      return await attempt();
    } catch (error) {
      console.error(error);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
}
