import { asksForHelp } from './arguments.js';
import { ConfigError } from './config-error.js';
import { explain } from './explain.js';
import { help } from './help.js';

describe('the simulator, asked for help', () => {
  it.each(['--help', '-h'])('knows %s', (word) => {
    expect(asksForHelp(['node', 'main.js', word])).toBe(true);
    expect(asksForHelp(['node', 'main.js', '--pay-after', '5'])).toBe(false);
  });

  it.each(['--pay-after', '--keys', '--seed', '--scenarios', '--faults', 'CLIENT_ID', 'PORT', 'RESEND_SCHEDULE_MS'])(
    'names %s',
    (name) => {
      expect(help).toContain(name);
    },
  );
});

describe('the simulator that cannot start', () => {
  const failure = (details: object) => Object.assign(new Error('it failed'), details);

  it.each<[string, Error, string]>([
    ['a wrong setting', new ConfigError('PORT', 'is wrong', '=4400'), 'PORT is wrong, for example PORT=4400'],
    ['a port that is taken', failure({ syscall: 'listen' }), 'HOST and PORT cannot be used'],
    ['a host that nobody knows', failure({ syscall: 'getaddrinfo' }), 'HOST and PORT cannot be used'],
    [
      'a folder that is none',
      failure({ syscall: 'mkdir', path: '/etc/passwd' }),
      '/etc/passwd cannot be used (it failed)',
    ],
  ])('says why in one line: %s', (_, error, words) => {
    expect(explain(error)).toContain(`antom-simulator cannot start: ${words}`);
    expect(explain(error)).not.toContain('\n');
  });

  it('shows where it broke where nobody foresaw it', () => {
    expect(explain(new Error('odd'))).toContain('first-words.spec');
  });
});
