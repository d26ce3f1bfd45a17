import { type Money } from '@kasir/kernel';

/** An amount that is paid instead of the one that was asked for. */
export interface OtherAmount {
  readonly than: 'less' | 'more';
  /** In minor units; the nearest amount where left out. */
  readonly value?: string | undefined;
}

/** The last two digits of rupiah are always zeros at Antom. */
const smallestStep = (currency: string): bigint => (currency === 'IDR' ? 100n : 1n);

/** What is charged instead, or undefined where that is not less, or not more, than what was asked for. */
export function otherAmount({ than, value }: OtherAmount, asked: Money): Money | undefined {
  const step = smallestStep(asked.currency);
  const paid = value ?? String(BigInt(asked.value) + (than === 'less' ? -step : step));
  if (!/^[1-9]\d{0,15}$/.test(paid)) return undefined;
  const fits = than === 'less' ? BigInt(paid) < BigInt(asked.value) : BigInt(paid) > BigInt(asked.value);
  return fits ? { value: paid, currency: asked.currency } : undefined;
}
