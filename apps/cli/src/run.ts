import { type Command, type Console, UsageError } from './command.js';
import { overview, usage } from './help.js';

/** Exit codes: 0 yes, 1 no, 2 not understood. */
export async function run(args: readonly string[], commands: readonly Command[], console: Console): Promise<number> {
  const command = commands.find(({ words }) => words.every((word, at) => args[at] === word));
  if (command === undefined) return notFound(args, commands, console);
  const rest = args.slice(command.words.length);
  if (rest.includes('--help')) {
    console.say(usage(command));
    return 0;
  }
  try {
    return await command.run(rest, console);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.say(`${error.message}\n\n${usage(command)}`);
    return 2;
  }
}

function notFound(args: readonly string[], commands: readonly Command[], console: Console): number {
  const asked = args.length === 0 || args.includes('--help');
  const [noun] = args;
  const near = commands.filter(({ words }) => words[0] === noun);
  const list = overview(near.length === 0 ? commands : near);
  console.say(asked ? list : `there is no command "${args.slice(0, 2).join(' ')}"\n\n${list}`);
  return asked ? 0 : 2;
}
