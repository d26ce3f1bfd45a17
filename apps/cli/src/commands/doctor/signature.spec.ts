import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signedHeader } from '@kasir/antom';
import { run } from '../../run.js';
import { commands } from '../table.js';

const antom = generateKeyPairSync('rsa', { modulusLength: 2048 });
const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
const clientId = 'SANDBOX_5X00000000000000';
const time = '2026-01-01T08:00:10+08:00';
const body = '{"notifyType":"PAYMENT_RESULT"}';
const pem = (key: KeyObject) => String(key.export({ type: key.type === 'public' ? 'spki' : 'pkcs8', format: 'pem' }));

let folder: string;
let said: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kasir-cli-'));
  said = '';
  const message = { method: 'POST', path: '/pay/webhooks', clientId, time, body };
  const signature = signedHeader(message, antom.privateKey);
  note(
    'headers.txt',
    `POST /webhooks HTTP/1.1\r\nClient-Id: ${clientId}\r\nRequest-Time: ${time}\r\nSignature: ${signature}\r\n`,
  );
  note('headers.json', JSON.stringify({ 'client-id': clientId, 'request-time': time, signature }));
  note('body.json', body);
  note('antom.pem', pem(antom.publicKey));
  note('merchant.pem', pem(merchant.privateKey));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, name);
const note = (name: string, content: string) => writeFileSync(file(name), content);
const kasir = (args: readonly string[], env: Record<string, string> = {}) =>
  run(args, commands, { env, say: (text) => (said += `${text}\n`) });
const doctor = (url: string, more: readonly string[] = [], env: Record<string, string> = {}) =>
  kasir(['doctor', 'signature', '--url', url, '--headers', file('headers.txt'), '--body', file('body.json'), ...more], {
    ANTOM_CLIENT_ID: clientId,
    ANTOM_PUBLIC_KEYS: pem(antom.publicKey),
    ...env,
  });

describe('kasir doctor signature', () => {
  it('finds a good signature good', async () => {
    expect(await doctor('/pay/webhooks')).toBe(0);
    expect(said).toBe('The signature is good (ANTOM_PUBLIC_KEYS).\n');
  });

  it('proves that a proxy cut off a prefix, and says what to do', async () => {
    expect(await doctor('/webhooks', ['--public-url', 'https://coffee.example/pay/webhooks'])).toBe(1);
    expect(said).toContain('Proven');
    expect(said).toContain('path prefix cut off');
    expect(said).toContain('/pay is cut off');
    expect(said).toContain('→ ');
  });

  it('knows the settings of the service', async () => {
    expect(await doctor('/webhooks', [], { WEBHOOK_PATH_PREFIX: '/pay' })).toBe(1);
    expect(said).toContain('path prefix cut off');
  });

  it('takes a time that was noted as a number, and says what would help where it cannot prove why', async () => {
    const message = { method: 'POST', path: '/pay/webhooks', clientId, time: '1767225610000', body };
    const signature = signedHeader(message, antom.privateKey);
    note('number.json', JSON.stringify({ 'client-id': clientId, 'request-time': 1767225610000, signature }));
    const headers = ['--headers', file('number.json')];
    expect(await doctor('/pay/webhooks', headers)).toBe(0);
    expect(await doctor('/elsewhere', headers)).toBe(1);
    expect(said).toContain('Not proven why');
    expect(said).toContain('--public-url');
    expect(said).toContain('--sent-body');
  });

  it('shows the first byte that differs', async () => {
    note('sent.json', '{ "notifyType": "PAYMENT_RESULT"}');
    note('body.json', '{"notifyType":"PAYMENT_PENDING"}');
    expect(await doctor('/pay/webhooks', ['--sent-body', file('sent.json')])).toBe(1);
    expect(said).toContain('Not proven why: ANTOM_PUBLIC_KEYS made the signature');
    note('sent.json', body);
    expect(await doctor('/pay/webhooks', ['--sent-body', file('sent.json')])).toBe(1);
    expect(said).toContain('they part at byte 23');
  });

  it('tells our own key from Antom’s, and takes headers as JSON', async () => {
    note('own.pem', pem(merchant.publicKey));
    const own = ['--antom-key', file('own.pem'), '--own-key', file('merchant.pem')];
    expect(await doctor('/pay/webhooks', [...own, '--headers', file('headers.json')])).toBe(1);
    expect(said).toContain('own key trusted');
    expect(await doctor('/pay/webhooks', [...own, '--other-key', `production=${file('antom.pem')}`])).toBe(1);
    expect(said).toContain('environment mixed up');
  });

  it('prints JSON for machines', async () => {
    expect(await doctor('/pay/webhooks', ['--json'])).toBe(0);
    expect(JSON.parse(said)).toEqual({ kind: 'valid', key: 'ANTOM_PUBLIC_KEYS', findings: [] });
  });

  it.each<[string, string[], string]>([
    ['an option that is none', ['--colour'], "Unknown option '--colour'"],
    ['a file that is not there', ['--body', '/nowhere'], '/nowhere cannot be read (ENOENT)'],
    ['a key that is none', ['--antom-key', '/dev/null'], 'there is no public key'],
    ['a private key for Antom’s', ['--other-key', 'x=MERCHANT'], 'x: this is a private key'],
    ['headers without any', ['--headers', '/dev/null'], 'no line "Name: value"'],
    ['a header that is no text', ['--headers', 'NULL'], 'the header "request-time" is no text'],
  ])('does not understand %s, and says so', async (_, args, message) => {
    note('null.json', '{"client-id":"SANDBOX_5X","request-time":null}');
    const named = args.map((arg) => arg.replace('MERCHANT', file('merchant.pem')).replace('NULL', file('null.json')));
    expect(await doctor('/pay/webhooks', named)).toBe(2);
    expect(said).toContain(message);
    expect(said).toContain('kasir doctor signature:');
  });

  it('needs a URL and keys', async () => {
    expect(await kasir(['doctor', 'signature'])).toBe(2);
    expect(said).toContain('--url is needed');
    expect(await doctor('/', [], { ANTOM_PUBLIC_KEYS: '' })).toBe(2);
    expect(said).toContain('--antom-key or ANTOM_PUBLIC_KEYS is needed');
  });

  it('never shows a key', async () => {
    await doctor('/pay/webhooks', ['--antom-key', file('merchant.pem')]);
    expect(said).not.toContain(pem(merchant.privateKey).slice(100, 140));
  });
});
