/** @throws RangeError */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new RangeError('must be a whole number from 1 to 999999');
  return Number(text);
}
