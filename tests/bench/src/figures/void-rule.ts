export interface VoidRule {
  /** Of the whole machine's processor time, during one leg. */
  readonly mostOthers: number;
  /** Between the least and the most of all floor runs, of the least. */
  readonly mostFloorSpread: number;
}

export const voidRule: VoidRule = { mostOthers: 0.1, mostFloorSpread: 0.1 };

export interface Judged {
  readonly legs: readonly { readonly name: string; readonly othersCpu: number }[];
  /** CPU per payment of the floor at the same rate, one for each of its runs. */
  readonly floorCpuMs: readonly number[];
}

/** Why a run says nothing, a sentence each: never an absolute figure, only what else ran and how far the floor's runs differ. */
export function voidReasons({ legs, floorCpuMs }: Judged, rule = voidRule): string[] {
  const busy = legs.filter(({ othersCpu }) => othersCpu > rule.mostOthers);
  const spread = spreadShare(floorCpuMs);
  return [
    ...busy.map(({ name, othersCpu }) => `${name}: other processes used ${percent(othersCpu)} of the CPU`),
    ...(spread > rule.mostFloorSpread ? [`the floor's runs differ by ${percent(spread)}: ${shown(floorCpuMs)}`] : []),
  ];
}

export const spreadShare = (values: readonly number[]): number =>
  values.length < 2 ? 0 : (Math.max(...values) - Math.min(...values)) / Math.min(...values);

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const shown = (values: readonly number[]): string =>
  `${values.map((value) => value.toFixed(1)).join(', ')} ms of CPU per payment`;
