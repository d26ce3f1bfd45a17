import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { type ConfigShape, loadConfig } from './load-config.js';
import { setting } from './setting.js';

const shape = {
  PORT: setting.port({ description: 'where apps knock', fallback: '3000' }),
  DATABASE_URL: setting.databaseUrl(),
  KAFKA_BROKERS: setting.brokers(),
  WAIT: setting.duration({ description: 'how long to wait', example: '5s', fallback: '250ms' }),
  PRIVATE_KEY: setting.secret({ description: 'signs our calls', example: 'MIIEvQ…' }, 8),
} satisfies ConfigShape;

const sound = {
  DATABASE_URL: 'postgres://order:hunter2hunter2@localhost:5432/order',
  KAFKA_BROKERS: 'one:9092, two:9092,[::1]:9092',
  PRIVATE_KEY: 'correct horse',
};

const complaint = (env: Record<string, string>, of: ConfigShape = shape): string => {
  try {
    loadConfig('order', of, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('the configuration was accepted');
};

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'kasir-config-')), 'secret');
  writeFileSync(file, text);
  return file;
};

describe('the configuration of a service', () => {
  it('is read once, typed, with what was left out filled in', () => {
    expect(loadConfig('order', shape, sound)).toEqual({
      PORT: 3000,
      DATABASE_URL: sound.DATABASE_URL,
      KAFKA_BROKERS: ['one:9092', 'two:9092', '[::1]:9092'],
      WAIT: 250,
      PRIVATE_KEY: 'correct horse',
    });
  });

  it('takes a secret from a file, unless the variable itself is set', () => {
    const env = { ...sound, PRIVATE_KEY: '', PRIVATE_KEY_FILE: fileWith('from the file\n') };
    expect(loadConfig('order', shape, env).PRIVATE_KEY).toBe('from the file');
    expect(loadConfig('order', shape, { ...env, PRIVATE_KEY: 'directly set' }).PRIVATE_KEY).toBe('directly set');
  });

  it.each([
    ['500ms', 500],
    ['60s', 60_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
    ['14d', 1_209_600_000],
  ])('understands %s as a length of time', (WAIT, ms) => {
    expect(loadConfig('order', shape, { ...sound, WAIT }).WAIT).toBe(ms);
  });

  it('knows flags, and settings that may be left out', () => {
    const lax = {
      DEMO: setting.flag({ description: 'pay by itself', fallback: 'false' }),
      NOTE: setting.text({ description: 'a note', example: 'hello' }).optional(),
    };
    expect(loadConfig('order', lax, {})).toEqual({ DEMO: false, NOTE: undefined });
    expect(loadConfig('order', lax, { DEMO: 'true', NOTE: 'hi' })).toEqual({ DEMO: true, NOTE: 'hi' });
  });
});

describe('a wrong configuration', () => {
  it('names the missing variable, what it is for, and an example, in one line', () => {
    expect(complaint({})).toBe(
      'order cannot start: DATABASE_URL is missing: the PostgreSQL database of this service, ' +
        'for example DATABASE_URL=postgres://order:password@localhost:5432/order',
    );
  });

  it('counts an empty variable as missing', () => {
    expect(complaint({ ...sound, KAFKA_BROKERS: '' })).toContain('KAFKA_BROKERS is missing');
  });

  it.each([
    ['PORT', 'x', 'PORT must be a port number from 0 to 65535 (it is "x"), for example PORT=3000'],
    ['PORT', '70000', 'PORT must be a port number from 0 to 65535 (it is "70000"), for example PORT=3000'],
    ['WAIT', '5', 'WAIT must be a number with a unit: ms, s, m, h or d (it is "5"), for example WAIT=5s'],
    [
      'KAFKA_BROKERS',
      'localhost',
      'KAFKA_BROKERS must be a list of host:port, separated by commas (it is "localhost"), for example KAFKA_BROKERS=localhost:9092',
    ],
    ['DATABASE_URL', 'mysql://order:geheim@db/order', 'DATABASE_URL must be a URL that begins with postgres:// or'],
    ['PRIVATE_KEY', 'geheim', 'PRIVATE_KEY must have at least 8 characters, for example PRIVATE_KEY=MIIEvQ…'],
  ])('says what is wrong with %s=%s', (name, value, expected) => {
    const line = complaint({ ...sound, [name]: value });
    expect(line).toContain(`order cannot start: ${expected}`);
    expect(line).not.toContain('\n');
    expect(line).not.toContain('geheim');
  });

  it('hides a secret that a schema repeats in its message', () => {
    const chatty = {
      TOKEN: z
        .string()
        .refine(() => false, { error: ({ input }) => `${String(input)} is no good` })
        .meta({ secret: true }),
    };
    expect(complaint({ TOKEN: 'geheim' }, chatty)).toBe('order cannot start: TOKEN (hidden) is no good');
  });

  it('names a file that is not there', () => {
    expect(complaint({ ...sound, PRIVATE_KEY: '', PRIVATE_KEY_FILE: '/nowhere/key' })).toBe(
      'order cannot start: PRIVATE_KEY_FILE names a file that cannot be read: /nowhere/key (ENOENT)',
    );
  });

  it('stops at the first one', () => {
    expect(complaint({ PORT: 'x' })).toContain('PORT');
    expect(complaint({ PORT: 'x' })).not.toContain('DATABASE_URL');
  });
});
