export type Log = (message: string, fields?: object) => void;

/** One JSON object per line on standard output. */
export const log: Log = (message, fields = {}) => {
  const line = { time: new Date().toISOString(), level: 'info', service: 'antom-simulator', message, ...fields };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
