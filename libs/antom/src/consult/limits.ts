import { type Money } from '@kasir/kernel';
import { z } from 'zod';
import { maybeAmount, present } from '../reading/fields.js';

export interface AmountLimit {
  readonly min?: Money;
  readonly max?: Money;
  /** What is left of a day's or a month's limit. */
  readonly remaining?: Money;
}

export interface MethodLimits {
  readonly single?: AmountLimit;
  readonly day?: AmountLimit;
  readonly month?: AmountLimit;
}

const Limit = z
  .looseObject({ minAmount: maybeAmount, maxAmount: maybeAmount, remainAmount: maybeAmount })
  .transform(({ minAmount: min, maxAmount: max, remainAmount: remaining }): AmountLimit =>
    present({ min, max, remaining }),
  );
const maybeLimit = Limit.optional().catch(undefined);

const Limits = z
  .looseObject({ singleLimit: maybeLimit, dayLimit: maybeLimit, monthLimit: maybeLimit })
  .transform(({ singleLimit: single, dayLimit: day, monthLimit: month }): MethodLimits =>
    present({ single, day, month }),
  );

const AnyMap = z.looseObject({}).catch({});

/**
 * Limits by currency. Antom's SDKs know `amountLimitInfoMap` as limits by a key; where it is the limits themselves, the
 * key is the currency of their amounts.
 */
export function readLimits(amountLimitInfoMap: unknown): Readonly<Record<string, MethodLimits>> {
  const map = AnyMap.parse(amountLimitInfoMap);
  const own = Limits.parse(map);
  const entries = Object.keys(own).length > 0 ? [[currencyOf(own), own] as const] : keyed(map);
  return Object.fromEntries(entries);
}

const keyed = (map: Record<string, unknown>) =>
  Object.entries(map).flatMap(([key, limits]) => {
    const read = Limits.safeParse(limits);
    return read.success ? [[key, read.data] as const] : [];
  });

function currencyOf(limits: MethodLimits): string {
  const amounts = Object.values(limits).flatMap((limit: AmountLimit) => Object.values(limit) as Money[]);
  return amounts[0]?.currency ?? '';
}
