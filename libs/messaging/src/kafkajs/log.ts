import { type logCreator, logLevel } from 'kafkajs';
import { type Log } from '../log.js';

/** Lines that kafkajs calls errors although they belong to every healthy rebalance and to every young cluster. */
const healthy = /group is rebalancing|group coordinator is not available|coordinator is loading/i;

/** While a broker is away kafkajs says the same several times a second. */
const quietMs = 10_000;

/** kafkajs' own log lines on our log. What matters reaches us as an error or an event, so nothing here is louder than a warning. */
export function kafkajsLog(log: Log): logCreator {
  const saidAt = new Map<string, number>();
  const isNew = (message: string): boolean => {
    const now = performance.now();
    if (now - (saidAt.get(message) ?? -Infinity) < quietMs) return false;
    saidAt.set(message, now);
    return true;
  };
  return () =>
    ({ namespace, level, log: { message, error, broker, groupId } }) => {
      const routine = level > logLevel.WARN || healthy.test(`${message} ${String(error ?? '')}`);
      const fields = {
        kafkajs: namespace,
        error: error as unknown,
        broker: broker as unknown,
        group: groupId as unknown,
      };
      log[routine || !isNew(message) ? 'debug' : 'warn'](fields, message);
    };
}
