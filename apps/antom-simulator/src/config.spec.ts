import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from './config.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const env = {
  PORT: '4400',
  CLIENT_ID: 'SANDBOX_5X00000000000000',
  MERCHANT_PUBLIC_KEY: publicPem,
  ANTOM_PRIVATE_KEY: privatePem,
};
const complaint = (changes: Record<string, string | undefined>, args: string[] = []) => {
  try {
    loadConfig({ ...env, ...changes }, args);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the configuration', () => {
  it('is read from the environment', () => {
    const config = loadConfig(
      { ...env, HOST: '0.0.0.0', DATA_FOLDER: '/data', NOTIFY_OVERRIDE: 'http://n:3000/w' },
      [],
    );
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 4400,
      clientId: 'SANDBOX_5X00000000000000',
      dataFolder: '/data',
      notifyOverride: 'http://n:3000/w',
    });
    expect(config.merchantPublicKey.equals(publicKey)).toBe(true);
    expect(config.antomPrivateKey.equals(privateKey)).toBe(true);
  });

  it('waits for somebody to pay, unless it is told when to pay by itself', () => {
    expect(loadConfig(env, [])).not.toHaveProperty('payAfterMs');
    expect(loadConfig(env, ['--pay-after', '250']).payAfterMs).toBe(250);
  });

  it('takes a seed for its chance', () => {
    expect(loadConfig(env, ['--seed', '7']).seed).toBe(7);
    expect(complaint({}, ['--seed', 'x'])).toContain('--seed must be a whole number of any size, for example --seed 7');
  });

  it('makes its own keys where it is given none, and uses them again', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'antom-simulator-')), 'keys');
    const first = loadConfig({ PORT: '4400' }, ['--keys', folder]);
    const second = loadConfig({ PORT: '4400' }, ['--keys', folder]);
    expect(first.clientId).toBe('SANDBOX_5X00000000000000');
    expect(second.antomPrivateKey.equals(first.antomPrivateKey)).toBe(true);
    expect(second.merchantPublicKey.equals(first.merchantPublicKey)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual([
      'antom-private.pem',
      'antom-public.pem',
      'merchant-private.pem',
      'merchant-public.pem',
    ]);
    expect(statSync(join(folder, 'merchant-private.pem')).mode & 0o077).toBe(0);
    const own = loadConfig({ ...env, CLIENT_ID: 'SANDBOX_OTHER' }, ['--keys', folder]);
    expect(own.clientId).toBe('SANDBOX_OTHER');
    expect(own.merchantPublicKey.equals(publicKey)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('takes keys from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'antom-simulator-'));
    writeFileSync(join(folder, 'key.pem'), privatePem);
    const config = loadConfig({ ...env, ANTOM_PRIVATE_KEY: '', ANTOM_PRIVATE_KEY_FILE: join(folder, 'key.pem') }, []);
    expect(config.antomPrivateKey.equals(privateKey)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    [
      'a missing client id',
      { CLIENT_ID: undefined },
      'CLIENT_ID is missing, for example CLIENT_ID=SANDBOX_5X00000000000000',
    ],
    ['a wrong port', { PORT: '99999' }, 'PORT must be a port number from 0 to 65535, for example PORT=4400'],
    [
      'a wrong address',
      { NOTIFY_OVERRIDE: 'here' },
      'NOTIFY_OVERRIDE must be a URL that begins with http:// or https://, for example',
    ],
    [
      'a private key for a public one',
      { MERCHANT_PUBLIC_KEY: privatePem },
      'MERCHANT_PUBLIC_KEY is no usable key: this is a private key; a public key is needed here',
    ],
    [
      'a file that is not there',
      { ANTOM_PRIVATE_KEY: undefined, ANTOM_PRIVATE_KEY_FILE: '/no/key' },
      'ANTOM_PRIVATE_KEY_FILE names a file that cannot be read: /no/key (ENOENT), for example',
    ],
  ])('with %s ends in one line that says so', (_, changes, message) => {
    expect(complaint(changes)).toContain(`antom-simulator cannot start: ${message}`);
    expect(complaint(changes)).not.toContain('\n');
  });

  it.each([[['--pay-after', 'soon']], [['--pay-after', '-5']], [['--pay-later', '5']], [['5']]])(
    'with the arguments %j ends in one line that says so',
    (args) => {
      expect(complaint({}, args)).toMatch(
        /^antom-simulator cannot start: --pay-after .*, for example --pay-after 500$/,
      );
    },
  );

  it('never shows a key', () => {
    const secret = privatePem.replaceAll('-', '!');
    expect(complaint({ ANTOM_PRIVATE_KEY: secret })).not.toContain(secret.slice(40, 80));
  });
});
