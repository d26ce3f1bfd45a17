export type Log = (message: string, fields?: object) => void;

let waiting: string[] = [];

/** One JSON object per line on standard output. What is said in one turn of the event loop is written at once. */
export const log: Log = (message, fields = {}) => {
  const line = { time: new Date().toISOString(), level: 'info', service: 'antom-simulator', message, ...fields };
  if (waiting.length === 0) setImmediate(flush);
  waiting.push(`${JSON.stringify(line)}\n`);
};

/** Writes what waits, before the process ends. */
export function flush(): void {
  const lines = waiting;
  waiting = [];
  if (lines.length > 0) process.stdout.write(lines.join(''));
}
