/** Time that only goes forward, whatever happens to the wall's clock. All in milliseconds. */
export interface Stopwatch {
  now(): number;
  /** Calls once after so long. Returns what takes the call back. */
  after(ms: number, then: () => void): () => void;
}

export const systemStopwatch: Stopwatch = {
  now: () => performance.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
