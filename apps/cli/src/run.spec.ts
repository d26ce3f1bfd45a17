import { type Command, defineCommand } from './command.js';
import { commands } from './commands/table.js';
import { run } from './run.js';

const greet = defineCommand({
  words: ['shop', 'greet'],
  positionals: ['name'],
  summary: 'greets somebody',
  options: {
    loud: { type: 'boolean', help: 'in capitals' },
    times: { type: 'string', value: '<n>', help: 'how often' },
  },
  examples: ['shop greet Mika'],
  run: (values, console, [name = '']) => {
    console.say(values.loud === true ? name.toUpperCase() : name.repeat(Number(values.times ?? 1)));
    return Promise.resolve(0);
  },
});

let said: string[];
const kasir = (args: string, table: readonly Command[] = [greet, ...commands]) => {
  said = [];
  return run(args.split(' ').filter(Boolean), table, { env: {}, say: (text) => said.push(text) });
};

describe('kasir', () => {
  it('lists its commands when nothing is asked of it', async () => {
    expect(await kasir('')).toBe(0);
    expect(said[0]).toContain('shop greet <name>');
    expect(said[0]).toContain('doctor signature');
  });

  it('runs a command with its options and what follows', async () => {
    expect(await kasir('shop greet --loud Mika')).toBe(0);
    expect(said).toEqual(['MIKA']);
    expect(await kasir('shop greet Mika --times 2')).toBe(0);
    expect(said).toEqual(['MikaMika']);
  });

  it('explains a command', async () => {
    expect(await kasir('shop greet --help')).toBe(0);
    expect(said[0]).toContain('--times <n>  how often');
    expect(said[0]).toContain('npm run kasir -- shop greet Mika');
  });

  it.each([
    ['shop leave', 'there is no command "shop leave"'],
    ['nowhere', 'there is no command "nowhere"'],
    ['shop greet', 'this command wants <name>'],
    ['shop greet Mika Somchai', 'this command wants <name>'],
    ['shop greet Mika --quiet', "Unknown option '--quiet'"],
    ['doctor signature somewhere', 'Unexpected argument'],
  ])('does not understand "%s", and says so', async (args, message) => {
    expect(await kasir(args)).toBe(2);
    expect(said[0]).toContain(message);
  });

  it('names each command once', () => {
    const names = commands.map(({ words }) => words.join(' '));
    expect(new Set(names).size).toBe(names.length);
  });
});
