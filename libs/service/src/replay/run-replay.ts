import { parseArgs } from 'node:util';
import { saysNothingNew } from '@kasir/messaging';
import { ConfigError, createLogger, type Environment } from '@kasir/platform';
import { type ServiceDefinition } from '../service-definition.js';
import { type ServiceConfig } from '../start-service.js';
import { printReport } from './print-report.js';
import { replayService } from './replay-service.js';

/** A service with what it reads from its environment. */
interface Prepared {
  readonly config: ServiceConfig;
  readonly definition: ServiceDefinition;
}

const usage = 'arguments: --from beginning [--schema <name>] [--drop] [--json]';

/**
 * Replays a service as this process: `--from beginning`, into `--schema` or one named after the time, which `--drop` drops in the
 * end. The report goes to standard output, as JSON with `--json`; lines of the log to standard error. Exits with 0 where the replay
 * says nothing new, 1 where it does or cannot be done, 2 where the arguments are not understood.
 */
export async function runReplay(service: string, prepare: (env: Environment) => Prepared): Promise<void> {
  const logger = createLogger(service, { level: 'warn', destination: process.stderr });
  try {
    const wish = readWish(process.argv.slice(2));
    if (wish === undefined) {
      process.stderr.write(`${usage}\n`);
      process.exitCode = 2;
      return;
    }
    const { config, definition } = prepare(process.env);
    const { schema, drop, json } = wish;
    const report = await replayService(definition, { config, logger, schema, drop });
    const text = json ? JSON.stringify({ service, schema, ...report }) : printReport(service, schema, report);
    process.stdout.write(`${text}\n`);
    process.exitCode = saysNothingNew(report) ? 0 : 1;
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else logger.fatal({ err: error }, `the replay of ${service} failed`);
    process.exitCode = 1;
  }
}

interface Wish {
  readonly schema: string;
  readonly drop: boolean;
  readonly json: boolean;
}

function readWish(args: string[]): Wish | undefined {
  const options = {
    from: { type: 'string' },
    schema: { type: 'string' },
    drop: { type: 'boolean' },
    json: { type: 'boolean' },
  } as const;
  try {
    const { values } = parseArgs({ args, options });
    if (values.from !== 'beginning') return undefined;
    const { schema = `replay_${stamp()}`, drop = false, json = false } = values;
    return { schema, drop, json };
  } catch {
    return undefined;
  }
}

const stamp = (): string => new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
