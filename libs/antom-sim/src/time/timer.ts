/** Runs tasks later; tests own theirs. */
export interface Timer {
  /** @returns what forgets the task */
  after(delayMs: number, task: () => void): () => void;
}

export const systemTimer: Timer = {
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
