import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';
import { describeError } from './describe-error.js';
import { logContext } from './log-context.js';
import { redactedFields, scrubbed } from './redaction.js';

export type Logger = PinoLogger;
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  readonly level?: LogLevel;
  /** Where the lines go; standard output where it is left out. */
  readonly destination?: DestinationStream;
}

/** One JSON object per line, with the fields of {@link logContext}; secrets and buyer data are hidden. */
export function createLogger(service: string, { level = 'info', destination }: LoggerOptions = {}): Logger {
  const logger = pino(
    {
      level,
      base: { service },
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      mixin: () => ({ ...logContext.current() }),
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redactedFields(fields),
      },
      serializers: { err: (described: unknown) => described },
      hooks: {
        logMethod(args, write) {
          const [first, message] = args as unknown[];
          if (first instanceof Error && message === undefined)
            return write.apply(this, [{ err: first }, describeError(first).message]);
          return write.apply(this, args);
        },
        streamWrite: scrubbed,
      },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return withRedactedChildren(logger);
}

/** pino formats the fields of a line, not those that a child logger is born with. */
function withRedactedChildren(logger: Logger): Logger {
  const child = logger.child;
  logger.child = function (this: Logger, bindings: object, options?: object) {
    return child.call(this, redactedFields(bindings), options);
  } as typeof child;
  return logger;
}

/** Resolves when everything logged so far has been handed to the operating system. */
export const flushed = (logger: Logger): Promise<void> => new Promise((resolve) => logger.flush(() => resolve()));
