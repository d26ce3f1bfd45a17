import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';
import { describeError } from './describe-error.js';
import { logContext } from './log-context.js';
import { logToStandardOutput } from './log-output.js';
import { redactedFields } from './redaction.js';
import { scrubbed, shortened } from './scrub.js';

export type Logger = PinoLogger;
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  readonly level?: LogLevel;
  /** Where the lines go; gathered for standard output where it is left out: see {@link LogOutput}. */
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
            return write.apply(this, [{ err: first }, shortened(describeError(first).message)]);
          return write.apply(this, args.map(shortText) as typeof args);
        },
        streamWrite: scrubbed,
      },
    },
    destination ?? logToStandardOutput(),
  );
  return withRedactedChildren(logger);
}

const shortText = (argument: unknown): unknown => (typeof argument === 'string' ? shortened(argument) : argument);

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
