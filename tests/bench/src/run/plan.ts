import { type BenchOptions } from '../cli/options.js';
import { legSeconds } from '../figures/knee.js';
import { type SystemName } from '../systems/system.js';

/** What one stint of a system measures. */
export interface StintPlan {
  readonly system: SystemName;
  /** Counts the stints of the same system. */
  readonly run: number;
  readonly warmUpSeconds: number;
  readonly legs: readonly { readonly rate: number; readonly seconds: number }[];
  /** How closely the knee is bisected, such as 1.05; it is not looked for where undefined. */
  readonly kneeWithin?: number;
  readonly cold?: boolean;
  readonly idle?: boolean;
  readonly soak?: { readonly rate: number; readonly seconds: number };
  readonly grow?: { readonly rate: number; readonly seconds: number; readonly payments: number };
  readonly profile?: { readonly rate: number; readonly seconds: number };
}

/** Every figure that is compared is measured at this rate. */
export const commonRate = 20;

const warmUpSeconds: Readonly<Record<SystemName, number>> = { floor: 15, 'usual-way': 20, kasir: 40 };

/** Which system runs when: the floor first and last, so that its runs tell whether the machine stayed the same. */
export function planOf(options: BenchOptions): StintPlan[] {
  const order = orderOf(options);
  return order.map((system, index) => {
    const run = order.slice(0, index + 1).filter((other) => other === system).length;
    const stint = { system, run, warmUpSeconds: options.warmUpSeconds ?? warmUpSeconds[system] };
    const legs = ratesOf(options, run).map((rate) => ({ rate, seconds: options.seconds ?? legSeconds(rate) }));
    const isLastFloor = system === 'floor' && order.length > 1 && index === order.length - 1 && run > 1;
    if (isLastFloor) return { ...stint, legs: legs.filter(({ rate }) => rate === commonRate) };
    const within = kneeWithin(options);
    const parts = system === 'kasir' && run === 1 ? partsOf(options) : {};
    return { ...stint, legs, ...(within === undefined ? {} : { kneeWithin: within }), ...parts };
  });
}

function orderOf({ mode, systems }: BenchOptions): SystemName[] {
  const turn = (['floor', 'usual-way', 'kasir'] as const).filter((name) => systems.includes(name));
  if (mode === 'parts') return turn;
  const last = turn.includes('floor') && turn.length > 1 ? (['floor'] as const) : [];
  return mode === 'quick' ? [...turn, ...last] : [...turn, ...turn, ...last];
}

function ratesOf({ mode, rates, instances }: BenchOptions, run: number): readonly number[] {
  if (mode === 'parts') return rates ?? (instances > 1 ? [commonRate] : []);
  return mode === 'full' && run === 1 ? [10, commonRate] : [commonRate];
}

function kneeWithin({ mode, rates, instances }: BenchOptions): number | undefined {
  if (mode === 'full') return 1.05;
  return mode === 'quick' || (instances > 1 && rates === undefined) ? 1.15 : undefined;
}

function partsOf({ cold, idle, soakSeconds, grow, profile, rates, seconds: given }: BenchOptions): Partial<StintPlan> {
  const rate = rates?.[0] ?? commonRate;
  const seconds = given ?? legSeconds(rate);
  return {
    cold,
    idle,
    ...(soakSeconds === undefined ? {} : { soak: { rate, seconds: soakSeconds } }),
    ...(grow === undefined ? {} : { grow: { rate, seconds, payments: grow } }),
    ...(profile ? { profile: { rate, seconds } } : {}),
  };
}
