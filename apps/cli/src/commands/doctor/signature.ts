import { diagnose, type Expectation, type NamedKey } from '@kasir/antom';
import { type Console, defineCommand, UsageError, type Values } from '../../command.js';
import { readBytes, readText, setting } from '../../files.js';
import { parseHeaders } from './headers-file.js';
import { keysIn, namedKey, ownPublicKey } from './keys.js';
import { report } from './report.js';

const options = {
  url: { type: 'string', value: '<url>', help: 'as our server saw it: path with query, or all of it' },
  headers: { type: 'string', value: '<file>', help: 'the headers: one "Name: value" per line, or a JSON object' },
  body: { type: 'string', value: '<file>', help: 'the raw body, byte for byte' },
  method: { type: 'string', value: '<method>', help: 'POST when left out' },
  'client-id': { type: 'string', value: '<id>', help: 'ours; ANTOM_CLIENT_ID when left out' },
  'antom-key': {
    type: 'string',
    multiple: true,
    value: '<file>',
    help: "Antom's public key, as often as needed; ANTOM_PUBLIC_KEYS when left out",
  },
  'other-key': {
    type: 'string',
    multiple: true,
    value: '<name>=<file>',
    help: 'a key that may have been mixed up, such as production=key.pem',
  },
  'own-key': { type: 'string', value: '<file>', help: 'our own key, to see whether it is trusted by mistake' },
  'other-client-id': { type: 'string', multiple: true, value: '<id>', help: 'a client id that may have been mixed up' },
  'public-url': {
    type: 'string',
    value: '<url>',
    help: 'the address that Antom knows; ANTOM_NOTIFY_URL when left out',
  },
  prefix: {
    type: 'string',
    multiple: true,
    value: '<path>',
    help: 'what a proxy may cut off the path; WEBHOOK_PATH_PREFIX when left out',
  },
  'sent-body': { type: 'string', value: '<file>', help: 'the body as Antom sent it, where somebody caught it' },
  json: { type: 'boolean', help: 'print the diagnosis as JSON' },
} as const;

type Asked = Values<typeof options>;

export const doctorSignature = defineCommand({
  words: ['doctor', 'signature'],
  summary: "says why the signature of one of Antom's calls does not verify",
  options,
  examples: [
    'doctor signature --url /webhooks/antom/payments --headers headers.txt --body body.json --antom-key antom.pem',
  ],
  run: (values, console) => Promise.resolve(examine(values, console)),
});

function examine(values: Asked, console: Console): number {
  const diagnosis = diagnose(
    {
      method: values.method ?? 'POST',
      url: needed(values.url, '--url'),
      headers: parseHeaders(readText(needed(values.headers, '--headers'))),
      rawBody: readBytes(needed(values.body, '--body')),
    },
    expectation(values, console),
  );
  console.say(values.json === true ? JSON.stringify(diagnosis, undefined, 2) : report(diagnosis));
  return diagnosis.kind === 'valid' ? 0 : 1;
}

const expectation = (values: Asked, console: Console): Expectation => ({
  clientId: needed(values['client-id'] ?? setting(console, 'ANTOM_CLIENT_ID'), '--client-id or ANTOM_CLIENT_ID'),
  publicKeys: trustedKeys(values, console),
  otherKeys: (values['other-key'] ?? []).map(namedKey),
  ownPublicKey: values['own-key'] === undefined ? undefined : ownPublicKey(values['own-key']),
  otherClientIds: values['other-client-id'],
  publicUrl: values['public-url'] ?? setting(console, 'ANTOM_NOTIFY_URL'),
  prefixes: values.prefix ?? present(setting(console, 'WEBHOOK_PATH_PREFIX')),
  sentBody: values['sent-body'] === undefined ? undefined : readBytes(values['sent-body']),
});

function trustedKeys(values: Asked, console: Console): NamedKey[] {
  const files = values['antom-key'];
  if (files !== undefined) return files.flatMap((file) => keysIn(readText(file), file));
  const text = setting(console, 'ANTOM_PUBLIC_KEYS');
  return keysIn(needed(text, '--antom-key or ANTOM_PUBLIC_KEYS'), 'ANTOM_PUBLIC_KEYS');
}

const present = (text: string | undefined): string[] => (text === undefined ? [] : [text]);

function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`${name} is needed`);
  return value;
}
