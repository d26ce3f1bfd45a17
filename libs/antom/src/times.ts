const isoWithOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** A moment as Antom writes it in bodies: ISO 8601 with an offset. Undefined when it is anything else. */
export function parseTime(text: string | undefined): Date | undefined {
  if (text === undefined || !isoWithOffset.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/**
 * The moment of a `request-time` or `response-time` header: milliseconds since the epoch, or ISO 8601 with an offset.
 * Antom documents the first and sends the second. Undefined when it is neither.
 */
export const parseRequestTime = (text: string): Date | undefined =>
  /^\d{13}$/.test(text) ? new Date(Number(text)) : parseTime(text);

/** ISO 8601 in UTC, cut to the second, as Antom's date-time fields are. */
export const printTime = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;
