import { ConfigError } from '../config/config-error.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import { createLogger, flushed, type Logger, logLevels } from '../log/logger.js';
import { z } from 'zod';

/** A service that has started. */
export interface Running {
  /** Finishes what has begun and takes nothing new. */
  stop(): Promise<void>;
}

export interface ServiceContext {
  readonly env: Environment;
  readonly logger: Logger;
  /** Aborted by the first SIGTERM or SIGINT: a start that is under way gives up, and rejects. */
  readonly signal: AbortSignal;
  /** Something that the service cannot live without is gone: stop what can be stopped and exit with 1. */
  fail(reason: unknown): void;
}

export interface ServiceOptions {
  readonly service: string;
  readonly main: (context: ServiceContext) => Promise<Running>;
  /** How long a stop may take, in milliseconds. */
  readonly stopWithinMs?: number;
}

const ownShape = {
  LOG_LEVEL: z
    .enum(logLevels)
    .default('info')
    .meta({ description: 'the least important line to log', example: 'info' }),
};

/**
 * Runs a service as this process, until SIGTERM, SIGINT or a failure. Exits with 0 after a clean stop, also of a start that is under way; with 1 after a wrong
 * configuration (one line on standard error), a failure, or a stop that took too long. Logs are flushed first.
 */
export async function runService({ service, main, stopWithinMs = 10_000 }: ServiceOptions): Promise<void> {
  const { env } = process;
  try {
    const logger = createLogger(service, { level: loadConfig(service, ownShape, env).LOG_LEVEL });
    await new ServiceProcess(service, logger, stopWithinMs).run(main, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`, () => process.exit(1));
  }
}

class ServiceProcess {
  private leaving = false;
  private readonly stopping = new AbortController();
  private starting: Promise<Running> | undefined;

  constructor(
    private readonly service: string,
    private readonly logger: Logger,
    private readonly stopWithinMs: number,
  ) {}

  async run(main: ServiceOptions['main'], env: Environment): Promise<void> {
    process.on('SIGTERM', (signal) => void this.leave(0, { signal }));
    process.on('SIGINT', (signal) => void this.leave(0, { signal }));
    process.on('unhandledRejection', (reason) => void this.die('a promise failed and nobody listened', reason));
    process.on('uncaughtException', (error) => void this.die('an error that nobody caught', error));
    this.starting = main({
      env,
      logger: this.logger,
      signal: this.stopping.signal,
      fail: (reason) => void this.leave(1, { err: asError(reason) }),
    });
    try {
      await this.starting;
      if (!this.leaving) this.logger.info(`${this.service} runs`);
    } catch (error) {
      // Who stops the process also learns how the start ended.
      if (this.leaving) return;
      if (error instanceof ConfigError) throw error;
      await this.die(`${this.service} could not start`, error);
    }
  }

  /** Once: whoever asks again is already served. */
  private async leave(code: number, why: object): Promise<void> {
    if (this.leaving) return;
    this.leaving = true;
    this.logger[code === 0 ? 'info' : 'fatal'](why, `${this.service} is stopping`);
    const tooLate = setTimeout(
      () => void this.die(`${this.service} did not stop within ${this.stopWithinMs} ms`, undefined),
      this.stopWithinMs,
    );
    this.stopping.abort();
    try {
      const running = code === 0 ? await this.startedOrGivenUp() : await this.starting;
      await running?.stop();
      clearTimeout(tooLate);
      this.logger.info(`${this.service} has stopped`);
      await this.exit(code);
    } catch (error) {
      await this.die(`${this.service} could not stop cleanly`, error);
    }
  }

  /** Nothing has to be stopped where the start was given up: it has closed what it opened. */
  private async startedOrGivenUp(): Promise<Running | undefined> {
    try {
      return await this.starting;
    } catch (err) {
      if (err !== this.stopping.signal.reason)
        this.logger.warn({ err }, `${this.service} failed while it gave up its start`);
      return undefined;
    }
  }

  private async die(what: string, reason: unknown): Promise<void> {
    this.logger.fatal(reason === undefined ? {} : { err: asError(reason) }, what);
    await this.exit(1);
  }

  private async exit(code: number): Promise<void> {
    await flushed(this.logger);
    process.exit(code);
  }
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));
