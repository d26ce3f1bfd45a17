/** When each payment is due, in milliseconds: at a constant rate, whatever became of those before. */
export const dueAt = (began: number, rate: number, index: number): number => began + (index * 1_000) / rate;

/** How many are due by now. */
export const dueBy = (began: number, rate: number, now: number): number =>
  now < began ? 0 : Math.floor(((now - began) * rate) / 1_000) + 1;
