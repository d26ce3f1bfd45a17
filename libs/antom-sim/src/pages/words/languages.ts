import { en } from './en.js';
import { id } from './id.js';
import { th } from './th.js';
import { type Words } from './words.js';

export const languages = { en, th, id } as const satisfies Readonly<Record<string, Words>>;
export type Language = keyof typeof languages;

/** The language of a locale: Antom writes Indonesian `in_ID`. English for all others. */
export function languageOf(locale: unknown): Language {
  const start = String(locale ?? '')
    .slice(0, 2)
    .toLowerCase();
  if (start === 'in' || start === 'id') return 'id';
  return start === 'th' ? 'th' : 'en';
}
