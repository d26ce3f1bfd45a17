import { UsageError } from '../../command.js';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90s`, `14m`, `48h` or `250ms`. @throws UsageError */
export function milliseconds(text: string): number {
  const [, number, unit = ''] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  if (number === undefined) throw new UsageError(`"${text}" is no time: write 250ms, 90s, 14m, 48h or 2d`);
  return Number(number) * units[unit]!;
}
