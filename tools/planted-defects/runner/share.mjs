/**
 * Lets workers share items, each taking the next one when it has done its last.
 * @returns the results in the order of the items
 */
export async function share(workers, items, work) {
  const results = [];
  const waiting = [...items.entries()];
  const workThrough = async (worker) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await work(worker, item);
    }
  };
  await Promise.all(workers.map(workThrough));
  return results;
}
