import { type LoggerService } from '@nestjs/common';
import { type Logger, type LogLevel } from './logger.js';

/** Nest's own lines in our form; those about its start, such as each route, at debug. Its trailing arguments are a stack (errors only) and the name of the speaker. */
export function nestLogger(logger: Logger): LoggerService {
  const at =
    (level: Exclude<LogLevel, 'silent'>) =>
    (message: unknown, ...rest: unknown[]): void => {
      const words = rest.filter((item) => typeof item === 'string');
      const speaker = words.findLast((word) => !word.includes('\n'));
      const stack = words.find((word) => word.includes('\n'));
      const error = [message, ...rest].find((item) => item instanceof Error);
      const fields = {
        ...(speaker === undefined ? {} : { speaker }),
        ...(error === undefined ? {} : { err: error }),
        ...(error === undefined && stack !== undefined ? { stack } : {}),
      };
      logger[level](fields, textOf(message));
    };
  return {
    log: at('debug'),
    error: at('error'),
    warn: at('warn'),
    debug: at('debug'),
    verbose: at('trace'),
    fatal: at('fatal'),
  };
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : 'Nest';
}
