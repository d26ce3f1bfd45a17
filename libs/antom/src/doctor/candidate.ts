import { type Finding } from './case.js';

/** One thing that a part of the message may have been when Antom signed it. Without a finding it is as we see it. */
export interface Candidate<Value> {
  readonly value: Value;
  readonly finding?: Finding;
}

/** The first of each value: what is as we see it needs no other explanation. */
export function distinct<Value>(candidates: readonly Candidate<Value>[], keyOf: (value: Value) => string) {
  const seen = new Set<string>();
  return candidates.filter(({ value }) => {
    const key = keyOf(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export const itself = (text: string): string => text;
