const eightHours = 8 * 3_600_000;

/** A moment as Antom prints it: ISO 8601 to the second, at UTC+8. */
export const antomTime = (time: Date): string =>
  `${new Date(time.getTime() + eightHours).toISOString().slice(0, 19)}+08:00`;
