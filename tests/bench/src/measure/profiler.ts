import { evaluateIn } from './inspector.js';

/** One sample each millisecond: enough for a leg of a minute, and a few percent of CPU. */
const begin = `(async () => {
  const { Session } = process.getBuiltinModule('inspector/promises');
  const session = (globalThis.kasirBenchProfile = new Session());
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 1000 });
  await session.post('Profiler.start');
})()`;

const end = `(async () => {
  const session = globalThis.kasirBenchProfile;
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return JSON.stringify(profile);
})()`;

export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

/** Profiles Node processes while the work is done; one profile for each. */
export async function profiled(pids: readonly number[], work: () => Promise<void>): Promise<CpuProfile[]> {
  for (const pid of pids) await evaluateIn(pid, begin);
  await work();
  const profiles: CpuProfile[] = [];
  for (const pid of pids) profiles.push(JSON.parse((await evaluateIn(pid, end)) as string) as CpuProfile);
  return profiles;
}

export interface Frame {
  readonly name: string;
  /** In milliseconds, with all that it called. */
  value: number;
  readonly children: Frame[];
}

/** A profile as a tree of frames, times in milliseconds; idle time and branches of less than a thousandth are left out. */
export function framesOf({ nodes, samples = [], timeDeltas = [] }: CpuProfile): Frame {
  const own = new Map<number, number>();
  for (const [index, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1_000);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const frameOf = (id: number): Frame => {
    const { callFrame, children = [] } = byId.get(id)!;
    const below = children.filter((child) => byId.get(child)!.callFrame.functionName !== '(idle)').map(frameOf);
    const value = (own.get(id) ?? 0) + below.reduce((sum, child) => sum + child.value, 0);
    return { name: nameOf(callFrame), value, children: below };
  };
  const tree = frameOf(nodes[0]!.id);
  return withoutCrumbs(tree, tree.value / 1_000);
}

const withoutCrumbs = ({ name, value, children }: Frame, least: number): Frame => ({
  name,
  value: Math.round(value * 10) / 10,
  children: children.filter((child) => child.value >= least).map((child) => withoutCrumbs(child, least)),
});

/** `function package/file:line`, with nothing of where it lies on this machine. */
function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\/.*\/(apps|libs)\//, '$1/');
  return `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`;
}
