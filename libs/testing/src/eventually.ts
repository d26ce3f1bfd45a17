/**
 * Asks for a fact again and again until it is there.
 * @param withinMs how long to ask before the last answer is the error
 */
export async function eventually<T>(ask: () => Promise<T> | T, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
