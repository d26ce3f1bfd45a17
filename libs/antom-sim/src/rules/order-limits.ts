const day = 86_400_000;

/** Longer than this nothing can be made to wait, in milliseconds: ten years. */
export const longestMs = 3_650 * day;

/** What can be called here, by Antom's names. */
export const callNames: readonly string[] = [
  'createPaymentSession',
  'inquiryPayment',
  'cancel',
  'refund',
  'inquiryRefund',
  'consult',
];

/** What is said and means nothing here: most likely a slip, and what was meant would not happen. */
export function strayField(order: object, known: readonly string[]): string | undefined {
  const stray = Object.entries(order).find(([name, value]) => value !== undefined && !known.includes(name));
  return stray === undefined ? undefined : `"${stray[0]}" means nothing here: there are ${known.join(', ')}`;
}
