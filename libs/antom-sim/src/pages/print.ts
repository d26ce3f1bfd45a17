import { minorDigits, type Money } from '@kasir/kernel';
import { type Language } from './words/languages.js';

/** An amount as a buyer reads it. */
export function printMoney({ value, currency }: Money, language: Language): string {
  const digits = minorDigits(currency) ?? 2;
  const major = value.padStart(digits + 1, '0');
  const point = major.length - digits;
  const number = `${major.slice(0, point)}.${major.slice(point)}`;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: digits,
  }).format(number as `${number}`);
}

const zones: Readonly<Record<string, string>> = { THB: 'Asia/Bangkok', IDR: 'Asia/Jakarta' };

/** A moment on the clocks of the payment's country, with its zone. */
export const printTime = (iso: string, currency: string, language: Language): string =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'long',
    timeZone: zones[currency] ?? 'Asia/Singapore',
  }).format(new Date(iso));
