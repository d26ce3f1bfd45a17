import { parseArgs } from 'node:util';
import { ConfigError } from './config-error.js';

export interface Arguments {
  readonly payAfterMs?: number;
  readonly seed?: number;
  /** Where keys are made, and used again. */
  readonly keys?: string;
}

/** Whether somebody only asks how it is called, or which scenarios or faults there are. */
export const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h');
export const asksForScenarios = (args: readonly string[]): boolean => args.includes('--scenarios');
export const asksForFaults = (args: readonly string[]): boolean => args.includes('--faults');

/** What the command line says. @throws ConfigError */
export function readArguments(args: readonly string[]): Arguments {
  const { 'pay-after': payAfter, seed, keys } = parsed(args);
  const payAfterMs = wholeNumber('--pay-after', payAfter, 'milliseconds', ' 500');
  const seedNumber = wholeNumber('--seed', seed, 'any size', ' 7');
  return {
    ...(payAfterMs === undefined ? {} : { payAfterMs }),
    ...(seedNumber === undefined ? {} : { seed: seedNumber }),
    ...(keys === undefined ? {} : { keys }),
  };
}

function wholeNumber(option: string, text: string | undefined, of: string, example: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new ConfigError(option, `must be a whole number of ${of}`, example);
  return Number(text);
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { 'pay-after': text, seed: text, keys: text } }).values;
  } catch (error) {
    const problem = `is an option, as --seed and --keys are (${(error as Error).message})`;
    throw new ConfigError('--pay-after', problem, ' 500');
  }
}
