const minute = 60_000;
const hour = 60 * minute;

/** How long Antom waits before each re-send, in milliseconds: eight within 24 hours and 22 minutes. */
export const antomResendScheduleMs: readonly number[] = [
  0,
  2 * minute,
  10 * minute,
  10 * minute,
  hour,
  2 * hour,
  6 * hour,
  15 * hour,
];
