import { type Console, type Option } from '../command.js';
import { setting } from '../files.js';
import { findLocalKasir } from './local-kasir.js';
import { OperatorProblem, problemIn, unreachable } from './operator-problem.js';
import { adminUrlVariable, type ServiceName } from './services.js';

export const urlOption = {
  type: 'string',
  value: '<url>',
  help: "the service's admin port; else KASIR_<SERVICE>_ADMIN_URL, or the Kasir of npm start",
} as const satisfies Option;

export const jsonOption = { type: 'boolean', help: 'print the answer as JSON' } as const satisfies Option;

/** A running service, as its operator sees it. */
export interface OperatorDoor {
  readonly service: ServiceName;
  readonly url: string;
  /**
   * Does one of the service's verbs. The answer is what the verb resolved with; dates in it are text.
   * @throws OperatorProblem where the service refuses, or does not answer within a minute
   */
  ask<Answer = unknown>(verb: string, input?: object): Promise<Answer>;
}

const patienceMs = 60_000;

/** Finds a service by `--url`, by its variable, or beside `npm start`. @throws OperatorProblem saying what to do where nothing tells */
export function operatorOf(service: ServiceName, url: string | undefined, console: Console): OperatorDoor {
  const local = findLocalKasir(console);
  const beside = local?.services[service]?.adminUrl;
  const given = (url ?? setting(console, adminUrlVariable(service)) ?? beside)?.replace(/\/+$/, '');
  if (given === undefined)
    throw new OperatorProblem(
      `nothing says where ${service} is: start everything with npm start, or set ${adminUrlVariable(service)} and KASIR_OPERATOR_TOKEN`,
    );
  const token = setting(console, 'KASIR_OPERATOR_TOKEN') ?? (given === beside ? local?.token : undefined);
  if (token === undefined)
    throw new OperatorProblem(`KASIR_OPERATOR_TOKEN is not set: it is the OPERATOR_TOKEN of ${service}`);
  return { service, url: given, ask: (verb, input) => ask({ service, url: given, token }, verb, input) };
}

interface Door {
  readonly service: ServiceName;
  readonly url: string;
  readonly token: string;
}

async function ask<Answer>({ service, url, token }: Door, verb: string, input: object = {}): Promise<Answer> {
  const answer = await fetch(`${url}/operator/${encodeURIComponent(verb)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(patienceMs),
  }).catch((error: unknown) => {
    throw unreachable(service, url, error);
  });
  if (!answer.ok) throw await problemIn(service, answer);
  return (await answer.json()) as Answer;
}

/** Runs what speaks with a service. What the service objects to is said, and is a no. */
export async function withOperator(
  { service, url }: { readonly service: ServiceName; readonly url: string | undefined },
  console: Console,
  work: (door: OperatorDoor) => Promise<number>,
): Promise<number> {
  try {
    return await work(operatorOf(service, url, console));
  } catch (error) {
    if (!(error instanceof OperatorProblem)) throw error;
    console.say(error.message);
    return 1;
  }
}
