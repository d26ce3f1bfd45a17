/** @param message letters and blanks, nothing that JSON would escape */
export type Log = (message: string, fields?: object) => void;

/** How long a line waits for others, in milliseconds. */
const gatherMs = 10;

let waiting: string[] = [];

/** One JSON object per line on standard output. What is said within a moment is written at once. */
export const log: Log = (message, fields = {}) => {
  const begin = `{"time":"${new Date().toISOString()}","level":"info","service":"antom-simulator","message":"${message}"`;
  const rest = JSON.stringify(fields).slice(1);
  if (waiting.length === 0) setTimeout(flush, gatherMs);
  waiting.push(rest === '}' ? `${begin}}\n` : `${begin},${rest}\n`);
};

/** Writes what waits, before the process ends. */
export function flush(): void {
  const lines = waiting;
  waiting = [];
  if (lines.length > 0) process.stdout.write(lines.join(''));
}
