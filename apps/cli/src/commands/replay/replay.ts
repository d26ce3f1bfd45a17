import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Console, defineCommand, UsageError } from '../../command.js';
import { findLocalKasir } from '../../operator/local-kasir.js';
import { jsonOption } from '../../operator/operator-of.js';
import { serviceNamed, type ServiceName, serviceOption } from '../../operator/services.js';
import { runProgram } from './run-program.js';

export const replay = defineCommand({
  words: ['replay'],
  summary:
    "rebuilds a service's tables from its topics in a schema of their own, and compares what it says with what it said",
  options: {
    service: serviceOption,
    from: { type: 'string', value: 'beginning', help: 'where to begin; there is nowhere else' },
    schema: { type: 'string', value: '<name>', help: 'an empty one, or none; named after the time when left out' },
    drop: { type: 'boolean', help: 'drop the schema in the end: only the report is wanted' },
    json: jsonOption,
  },
  examples: ['replay --service order --from beginning', 'replay --service order --from beginning --drop --json'],
  run: ({ service, from, schema, drop, json }, console) => {
    const name = serviceNamed(service);
    if (from !== 'beginning') throw new UsageError('--from beginning is needed: a replay has no other beginning');
    const program = programOf(name);
    const settings = settingsOf(name, console);
    if (program === undefined || settings === undefined)
      return Promise.resolve(refuse(name, program === undefined, console));
    const args = [
      ...['--from', from],
      ...(schema === undefined ? [] : ['--schema', schema]),
      ...(drop === true ? ['--drop'] : []),
      ...(json === true ? ['--json'] : []),
    ];
    return runProgram(program, args, settings, (line) => console.say(line));
  },
});

/** It is the service's own program that reads its topics; undefined where it has none. */
function programOf(service: ServiceName): string | undefined {
  const file = fileURLToPath(new URL(`../../../../${service}/dist/src/replay.js`, import.meta.url));
  return existsSync(file) ? file : undefined;
}

/** The environment, where it is the service's own; else what the service runs with beside npm start. */
function settingsOf(service: ServiceName, console: Console): Console['env'] | undefined {
  const { env } = console;
  if (env['DATABASE_URL'] || env['DATABASE_URL_FILE']) return env;
  const local = findLocalKasir(console)?.services[service]?.settings;
  return local === undefined ? undefined : { PATH: env['PATH'], ...local };
}

function refuse(service: ServiceName, hasNoProgram: boolean, console: Console): number {
  console.say(
    hasNoProgram
      ? `${service} cannot be replayed: it has no program for it (apps/${service}/src/replay.ts)`
      : `nothing says what ${service} runs with: start everything with npm start, or give the environment of the service (DATABASE_URL, KAFKA_BROKERS …)`,
  );
  return 1;
}
