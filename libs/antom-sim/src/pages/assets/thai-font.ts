import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const weights = [400, 700] as const;
const fileOf = (weight: number): string => `noto-sans-thai-thai-${weight}-normal.woff2`;
const resolve = createRequire(import.meta.url).resolve;

/** Noto Sans Thai (SIL Open Font License), for browsers on machines that have no Thai letters. By file name. */
export const thaiFontFiles: Readonly<Record<string, Buffer>> = Object.fromEntries(
  weights.map((weight) => [
    fileOf(weight),
    readFileSync(resolve(`@fontsource/noto-sans-thai/files/${fileOf(weight)}`)),
  ]),
);

/** Fetched only where a page has Thai letters on it. */
export const thaiFontCss = weights
  .map(
    (weight) => `@font-face { font-family: "Noto Sans Thai"; font-weight: ${weight}; font-display: swap;
  src: url("/_sim/assets/${fileOf(weight)}") format("woff2"); unicode-range: U+0E01-0E5B, U+200C-200D, U+25CC; }`,
  )
  .join('\n');
