import { type Console, type Option } from '../../command.js';

/** Where it is looked for where nobody says so: as `npm start` starts it, and as `npm run simulator` does. */
const usualUrls = ['http://127.0.0.1:3005', 'http://127.0.0.1:4400'];

export const urlOption = {
  type: 'string',
  value: '<url>',
  help: `where the simulator is; else SIMULATOR_URL, ${usualUrls.join(' or ')}`,
} as const satisfies Option;

/** The simulator does not do what it was told, or is not there. */
export class SimulatorProblem extends Error {
  override readonly name = 'SimulatorProblem';
}

/** The control door of a running simulator. Its calls throw a {@link SimulatorProblem}. */
export interface SimulatorDoor {
  readonly url: string;
  get(path: string): Promise<Response>;
  post(path: string, order?: object): Promise<Response>;
}

/** @throws SimulatorProblem where there is none */
export async function findSimulator(url: string | undefined, { env }: Console): Promise<SimulatorDoor> {
  const given = url ?? env['SIMULATOR_URL'];
  const candidates = given === undefined ? usualUrls : [given.replace(/\/$/, '')];
  for (const candidate of candidates) if (await isSimulator(candidate)) return doorOf(candidate);
  throw new SimulatorProblem(`there is no simulator at ${candidates.join(' or ')}`);
}

const isSimulator = (url: string): Promise<boolean> =>
  fetch(`${url}/_sim/health`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

const doorOf = (url: string): SimulatorDoor => ({
  url,
  get: (path) => ask(url, path, {}),
  post: (path, order = {}) => ask(url, path, { method: 'POST', body: JSON.stringify(order) }),
});

async function ask(url: string, path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`${url}/_sim/${path}`, init).catch(() => {
    throw new SimulatorProblem(`there is no simulator at ${url} any more`);
  });
  if (response.ok) return response;
  const { error } = (await response.json().catch(() => ({}))) as { error?: string };
  throw new SimulatorProblem(error ?? `the simulator answered HTTP ${response.status}`);
}

/** Runs what speaks with the simulator. What the simulator objects to is said, and is a no. */
export async function withSimulator(
  url: string | undefined,
  console: Console,
  work: (simulator: SimulatorDoor) => Promise<void>,
): Promise<number> {
  try {
    await work(await findSimulator(url, console));
    return 0;
  } catch (error) {
    if (!(error instanceof SimulatorProblem)) throw error;
    console.say(error.message);
    return 1;
  }
}
