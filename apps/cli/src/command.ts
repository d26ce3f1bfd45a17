import { parseArgs } from 'node:util';

/** An option as people type it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What follows the option, in the help. */
  readonly value?: string;
  readonly help: string;
}
export type Options = Readonly<Record<string, Option>>;

type One<Each extends Option> = Each['type'] extends 'boolean' ? boolean : string;
export type Values<All extends Options> = {
  readonly [Name in keyof All]?: All[Name]['multiple'] extends true ? One<All[Name]>[] : One<All[Name]>;
};

/** Where a command reads its settings and says its words. */
export interface Console {
  readonly env: Readonly<Record<string, string | undefined>>;
  say(text: string): void;
}

/** A command, ready to be listed and run. */
export interface Command {
  /** Noun first: `doctor signature`. */
  readonly words: readonly string[];
  readonly summary: string;
  /** Names of what follows the words, in order. */
  readonly positionals: readonly string[];
  readonly options: Options;
  readonly examples: readonly string[];
  /** Returns the exit code: 0 for yes, 1 for no. @throws UsageError */
  run(args: readonly string[], console: Console): Promise<number>;
}

/** Somebody typed what we don't understand. Ends in exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Definition<All extends Options> extends Omit<Command, 'run' | 'positionals'> {
  readonly positionals?: readonly string[];
  readonly options: All;
  run(values: Values<All>, console: Console, positionals: readonly string[]): Promise<number>;
}

/** Makes a command out of its data and the one function that does it. */
export function defineCommand<const All extends Options>(definition: Definition<All>): Command {
  const { positionals: names = [], options } = definition;
  return {
    ...definition,
    positionals: names,
    run: (args, console) => {
      const { values, positionals } = parse(args, options, names);
      return definition.run(values as Values<All>, console, positionals);
    },
  };
}

function parse(args: readonly string[], options: Options, names: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: names.length > 0 });
    if (parsed.positionals.length === names.length) return parsed;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  throw new UsageError(`this command wants ${names.map((name) => `<${name}>`).join(' ')}`);
}
