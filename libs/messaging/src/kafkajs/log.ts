import { type logCreator, logLevel } from 'kafkajs';
import { type Log } from '../log.js';

/** Lines that kafkajs calls errors although they belong to every healthy rebalance and to every young cluster. */
const healthy = /group is rebalancing|group coordinator is not available|coordinator is loading/i;

/** kafkajs' own log lines on our log. What matters reaches us as an error or an event, so nothing here is louder than a warning. */
export const kafkajsLog =
  (log: Log): logCreator =>
  () =>
  ({ namespace, level, log: { message, error, broker, groupId } }) => {
    const fields = {
      kafkajs: namespace,
      error: error as unknown,
      broker: broker as unknown,
      group: groupId as unknown,
    };
    const routine = level > logLevel.WARN || healthy.test(`${message} ${String(error ?? '')}`);
    log[routine ? 'debug' : 'warn'](fields, message);
  };
