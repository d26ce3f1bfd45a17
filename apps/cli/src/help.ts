import { type Command } from './command.js';

const called = (command: Command): string =>
  [...command.words, ...command.positionals.map((name) => `<${name}>`)].join(' ');

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => called(command).length));
  const lines = commands.map((command) => `  ${called(command).padEnd(width)}  ${command.summary}`);
  return ['kasir <command>', '', ...lines, '', 'kasir <command> --help says more.'].join('\n');
}

/** One command with its options. */
export function usage(command: Command): string {
  const options = Object.entries(command.options).map(([name, { value, help }]) => ({
    left: `--${name}${value === undefined ? '' : ` ${value}`}`,
    help,
  }));
  const width = Math.max(0, ...options.map(({ left }) => left.length));
  return [
    `kasir ${called(command)}: ${command.summary}`,
    '',
    ...options.map(({ left, help }) => `  ${left.padEnd(width)}  ${help}`),
    '',
    ...command.examples.map((example) => `for example\n  npm run kasir -- ${example}`),
  ].join('\n');
}
