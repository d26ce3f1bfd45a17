import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { topics } from '@kasir/contracts';
import { documentFile, kasirDocument } from './print.js';

/** In a process of its own: the parser loads in a second there, and in many inside Jest. */
async function diagnose(documents: readonly unknown[]): Promise<string[][]> {
  const script = fileURLToPath(new URL('../../diagnose-asyncapi.mjs', import.meta.url));
  const running = promisify(execFile)(process.execPath, [script]);
  running.child.stdin!.end(JSON.stringify(documents));
  return JSON.parse((await running).stdout) as string[][];
}

interface Wear {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly const?: string }>>;
}

type Document = Record<'channels' | 'operations' | 'components', Record<string, Record<string, unknown>>>;
const document = kasirDocument() as unknown as Document;

function withShouting(): Document {
  const copy = structuredClone(document);
  copy.operations['order-says-orders.v1']!['action'] = 'shout';
  return copy;
}

describe('the AsyncAPI document', () => {
  it('is the one in docs; where it is not, run `npm run docs:asyncapi`', () => {
    expect(JSON.parse(readFileSync(documentFile, 'utf8'))).toEqual(document);
  });

  it('is valid, and the parser would notice if it were not', async () => {
    const [sound, shouting] = await diagnose([document, withShouting()]);
    expect(sound).toEqual([]);
    expect(shouting!.join()).toMatch(/^operations.order-says-orders.v1.action: .*must be equal to one of/);
  });

  it('shows with every message an example that wears all the headers it demands, as it demands them', () => {
    for (const message of Object.values(document.components['messages']!)) {
      const { headers, examples } = message as { headers: { allOf: Wear[] }; examples: [{ headers: object }] };
      const wear = [document.components['schemas']!['Envelope'] as Wear, headers.allOf[1]!];
      const demanded = wear.flatMap(({ required, properties }) =>
        required.map((name) => [name, properties[name]!.const]),
      );
      for (const [name, value] of demanded)
        expect(examples[0].headers).toHaveProperty([name!], value ?? expect.any(String));
    }
  });

  it('tells of every topic who says it, who hears it, its key, its partitions and how long it is kept', () => {
    expect(document.channels['session-requests.v1']).toMatchObject({
      address: 'session-requests.v1',
      'x-kasir-producer': 'gateway',
      'x-kasir-readers': ['payment-session', 'notification'],
      'x-kasir-key': 'orderId',
      'x-kasir-retention': '14 days',
      bindings: { kafka: { partitions: 3, topicConfiguration: { 'retention.ms': 1_209_600_000 } } },
    });
  });

  it('has an operation for whoever says or hears a topic, and for nobody else', () => {
    const expected = topics.flatMap(({ name, producer, readers }) => [
      `${producer} send ${name}`,
      ...readers.map((reader) => `${reader} receive ${name}`),
    ]);
    const found = Object.values(document.operations).map(
      ({ 'x-kasir-service': service, action, channel }) =>
        `${String(service)} ${String(action)} ${(channel as { $ref: string }).$ref.replace('#/channels/', '')}`,
    );
    expect(found).toEqual(expected);
  });
});
