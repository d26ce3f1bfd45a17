import { parseArgs } from 'node:util';
import { type SystemName } from '../systems/system.js';

export type Mode = 'full' | 'quick' | 'parts';

export interface BenchOptions {
  readonly mode: Mode;
  readonly systems: readonly SystemName[];
  readonly rates: readonly number[] | undefined;
  readonly seconds: number | undefined;
  /** Instead of what each system needs. */
  readonly warmUpSeconds: number | undefined;
  readonly cold: boolean;
  readonly idle: boolean;
  readonly soakSeconds: number | undefined;
  readonly grow: number | undefined;
  readonly instances: number;
  readonly profile: boolean;
  readonly bank: 'immediate' | 'realistic';
  readonly kasir: string | undefined;
  readonly name: string;
  readonly out: string;
}

/** One sentence that names the option and what it may be. */
export class OptionError extends Error {
  override name = 'OptionError';
}

const systemNames: readonly SystemName[] = ['floor', 'usual-way', 'kasir'];
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const known = {
  quick: flag,
  systems: text,
  rate: text,
  seconds: text,
  'warm-up': text,
  cold: flag,
  idle: flag,
  soak: text,
  grow: text,
  instances: text,
  profile: flag,
  bank: text,
  kasir: text,
  name: text,
  out: text,
  help: flag,
};

/** @returns undefined where help is wanted. @throws OptionError */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const given = parsed(args);
  if (given.help === true) return undefined;
  const rates = given.rate === undefined ? undefined : ratesIn(given.rate);
  const instances = wholeNumber('instances', given.instances ?? '1', 1, 8);
  const parts = [
    ...(rates === undefined ? [] : ['rate']),
    ...(['cold', 'idle', 'soak', 'grow', 'profile'] as const).filter((part) => given[part] !== undefined),
    ...(instances > 1 ? ['instances'] : []),
  ];
  const mode = given.quick === true ? 'quick' : parts.length > 0 ? 'parts' : 'full';
  if (mode === 'quick' && rates !== undefined) throw new OptionError('--rate: not beside --quick, which measures 20/s');
  const isTrial = mode === 'parts' && parts.every((part) => part === 'rate' || part === 'profile');
  return {
    mode,
    systems: given.systems === undefined ? (mode === 'parts' ? ['kasir'] : systemNames) : systemsIn(given.systems),
    rates,
    seconds: given.seconds === undefined ? undefined : wholeNumber('seconds', given.seconds, 1, 86_400),
    warmUpSeconds: given['warm-up'] === undefined ? undefined : wholeNumber('warm-up', given['warm-up'], 0, 3_600),
    cold: mode === 'full' || given.cold === true,
    idle: mode === 'full' || given.idle === true,
    soakSeconds: given.soak === undefined ? undefined : durationIn('soak', given.soak),
    grow: given.grow === undefined ? undefined : wholeNumber('grow', given.grow, 1, 10_000_000),
    instances,
    profile: given.profile === true,
    bank: oneOf('bank', given.bank ?? 'immediate', ['immediate', 'realistic']),
    kasir: given.kasir,
    name: given.name ?? nameOf(mode, parts, given.kasir !== undefined),
    out: given.out ?? (isTrial ? '.local/bench' : 'docs/proof'),
  };
}

const nameOf = (mode: Mode, parts: readonly string[], isOther: boolean): string =>
  [
    'payments',
    ...(isOther ? ['v1'] : []),
    ...(mode === 'quick' && !isOther ? ['quick'] : []),
    ...(mode === 'parts' ? parts : []),
  ].join('-');

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message.split('. ')[0]}; --help names all options`);
  }
}

function wholeNumber(option: string, given: string, least: number, most: number): number {
  const number = Number(given);
  if (/^\d+$/.test(given) && number >= least && number <= most) return number;
  throw new OptionError(`--${option}: ${given} is no whole number from ${least} to ${most}`);
}

function ratesIn(given: string): number[] {
  const rates = given.split(',').map(Number);
  if (rates.every((rate) => rate > 0 && rate <= 5_000)) return rates;
  throw new OptionError(`--rate: ${given} is no list of payments per second, such as 20 or 10,20,40`);
}

function durationIn(option: string, given: string): number {
  const [, number, unit] = /^(\d+)(s|m|h)$/.exec(given) ?? [];
  if (number === undefined) throw new OptionError(`--${option}: ${given} is no time such as 90s, 10m or 1h`);
  return Number(number) * { s: 1, m: 60, h: 3_600 }[unit as 's' | 'm' | 'h'];
}

const systemsIn = (given: string): SystemName[] => given.split(',').map((name) => oneOf('systems', name, systemNames));

function oneOf<Word extends string>(option: string, given: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === given);
  if (found === undefined) throw new OptionError(`--${option}: ${given} is none of ${words.join(', ')}`);
  return found;
}

/** How it was called, without where things lie on this machine. */
export const commandOf = (args: readonly string[]): string =>
  ['npm run bench -- payments', ...args.map((word) => word.replace(/(^|=)(\.{0,2}\/|~).*$/, '$1<folder>'))].join(' ');
