import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { createLogger } from './logger.js';
import { longestText, scrubbed } from './scrub.js';

const size = 2_000_000;
/** Milliseconds work that is linear in so long a text; work that is quadratic takes a quarter of an hour, and is cut off. */
const longestMs = 30_000;

const pieces = [
  'eyJ',
  'eyJ-',
  'eyJaaaaaaaa.',
  '://',
  '://a',
  '://a:',
  ':a',
  '@',
  'bearer ',
  'a',
  '-',
  '.',
  ' ',
  '"',
  '…',
];
const surroundings = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''));

describe('S1: what hides secrets in the log', () => {
  it.each([
    ['beginnings of tokens', 'eyJ-'],
    ['beginnings of tokens without a break', 'eyJ'],
    ['tokens that never end', 'eyJaaaaaaaa.'],
    ['one token and then letters', 'a'],
    ['URLs', '://aaaa'],
    ['URLs with a password that never ends', '://a:'],
    ['colons after a URL', ':a'],
    ['bearer words', 'bearer '],
    ['blanks', ' '],
  ])('takes no more than linear time for two megabytes of %s', (_, piece) => {
    const text = `eyJ ://${piece.repeat(size / piece.length)}`;
    expect(() => void runInNewContext('work()', { work: () => scrubbed(text) }, { timeout: longestMs })).not.toThrow();
  });

  it('hides every secret, whatever stands around it', () => {
    const secrets = fc.constantFrom(
      'eyJhbGciOiJFUzI1NiJ9.eyJjYW5hcnkiOjF9.canary',
      'eyJhbGciOiJFUzI1NiJ9..canary.canary.canary',
      'postgres://order:canary@db:5432/order',
      'postgres://order:can@canary@db',
      'https://:canary@db',
      ' Bearer canary',
      ' bearer canary',
    );
    fc.assert(
      fc.property(surroundings, secrets, surroundings, (before, secret, after) => {
        expect(scrubbed(before + secret + after)).not.toContain('canary');
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves a text without secrets as it is', () => {
    const text = 'POST https://db:5432/order?at=12:30 by a@b.example, keyJar 1.2.3, eyJ.one, bearer';
    expect(scrubbed(text)).toBe(text);
  });
});

describe('S1: a line of the log', () => {
  const lineOf = (write: (logger: ReturnType<typeof createLogger>) => void): string => {
    let text = '';
    write(createLogger('order', { destination: { write: (line) => void (text += line) } }));
    return text;
  };
  const long = 'x'.repeat(10 * longestText);

  it.each<[string, Parameters<typeof lineOf>[0]]>([
    ['a field', (logger) => logger.info({ reason: long }, 'dead')],
    ['a field inside others', (logger) => logger.info({ at: { headers: [{ source: long }] } }, 'dead')],
    ['a message', (logger) => logger.info(long)],
    ['a message with values', (logger) => logger.info('%s', long)],
    ['an error', (logger) => logger.error(new Error(long))],
    [
      'an error with a cause',
      (logger) => logger.error({ err: new Error('short', { cause: new Error(long) }) }, 'dead'),
    ],
    ['a child', (logger) => logger.child({ reason: long }).info('dead')],
  ])('cuts %s that is too long, and says how much is missing', (_, write) => {
    const line = lineOf(write);
    expect(line).toContain(`[${9 * longestText} more characters]`);
    expect(line.length).toBeLessThan(3 * longestText);
  });

  it('shows nothing of a secret on which the cut falls', () => {
    const token = `eyJhbGciOiJFUzI1NiJ9.${'canary'.repeat(20)}.${'canary'.repeat(20)}`;
    const line = lineOf((logger) => logger.info({ reason: 'x '.repeat(longestText / 2 - 20) + token + long }, 'dead'));
    expect(line).not.toContain('canary');
  });
});
