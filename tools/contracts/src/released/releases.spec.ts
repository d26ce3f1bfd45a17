import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvent, defineTopic, type TopicContract, topics } from '@kasir/contracts';
import { z } from 'zod';
import { judge } from './judge.js';
import { readReleases, releasedFolder } from './releases.js';
import { release } from './release.js';

const text = z.string();
const first = { orderId: text, amount: z.strictObject({ value: text }) };
const topicOf = (shape: z.ZodRawShape, { name = 'parcels.v1', type = 'ParcelSent' } = {}): TopicContract =>
  defineTopic({
    name,
    producer: 'order',
    readers: [],
    retention: 'for ever',
    events: [defineEvent(type, z.object(shape))],
  });

describe('the contracts of Kasir', () => {
  it('are all released, and say nothing that would break what was released', () => {
    const { due, complaints } = judge(topics, readReleases(releasedFolder));
    expect(complaints).toEqual([]);
    expect({ 'missing, so run `npm run contracts:release`': due.map(({ file }) => file) }).toEqual({
      'missing, so run `npm run contracts:release`': [],
    });
  });
});

describe('the folder of released schemas', () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kasir-released-'));
    writeFileSync(join(folder, 'index.json'), '{}');
    await release(folder, [topicOf(first)]);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const files = () => readdirSync(folder).sort();
  const complaintsAbout = (...contracts: TopicContract[]) => judge(contracts, readReleases(folder)).complaints;
  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));

  it('gets one file per event and major version', () => {
    expect(files()).toEqual(['ParcelSent.v1.json', 'index.json']);
    expect(complaintsAbout(topicOf(first))).toEqual([]);
  });

  it('is left as it is when there is nothing new, also when only words changed', async () => {
    const described = { ...first, orderId: text.meta({ description: 'the id of the order' }) };
    expect(await release(folder, [topicOf(described)])).toEqual([]);
    expect(files()).toEqual(['ParcelSent.v1.json', 'index.json']);
  });

  it('gets another file for what was added, and the first one stays', async () => {
    const before = readFileSync(join(folder, 'ParcelSent.v1.json'), 'utf8');
    expect(await release(folder, [topicOf({ ...first, note: text.optional() })])).toEqual(['ParcelSent.v1.2.json']);
    expect(readFileSync(join(folder, 'ParcelSent.v1.json'), 'utf8')).toBe(before);
    expect(complaintsAbout(topicOf({ ...first, note: text.optional() }))).toEqual([]);
  });

  it('keeps what was added later, too', async () => {
    await release(folder, [topicOf({ ...first, note: text.optional() })]);
    expect(complaintsAbout(topicOf(first))).toEqual([
      'ParcelSent: the contract breaks ParcelSent.v1.2.json: note is gone, and readers may rely on it',
    ]);
  });

  it('takes no breaking change, and says where it is', async () => {
    const broken = topicOf({ ...first, amount: z.strictObject({ value: text, currency: text }) });
    await expect(release(folder, [broken])).rejects.toThrow(
      'ParcelSent: the contract breaks ParcelSent.v1.json: amount now demands currency',
    );
    expect(files()).toEqual(['ParcelSent.v1.json', 'index.json']);
  });

  it('takes the breaking change on a new topic', async () => {
    const next = topicOf({ orderId: text }, { name: 'parcels.v2' });
    expect(await release(folder, [topicOf(first), next])).toEqual(['ParcelSent.v2.json']);
  });

  it('does not let an event disappear or move to another topic', () => {
    expect(complaintsAbout(topicOf(first, { type: 'ParcelPosted' }))).toEqual([
      'ParcelSent.v1.json was released, and no contract has its event any more',
    ]);
    expect(complaintsAbout(topicOf(first, { name: 'letters.v1' }))).toEqual([
      'ParcelSent.v1.json is urn:kasir:parcels.v1:ParcelSent, and the contract urn:kasir:letters.v1:ParcelSent',
    ]);
  });

  it('notices a file that was changed after its release, and does not write over it', async () => {
    edit('ParcelSent.v1.json', (json) => json.replace('"required"', '"optional"'));
    const changed = 'ParcelSent.v1.json was released and has been changed: put it back';
    expect(complaintsAbout(topicOf(first))).toContain(changed);
    await expect(release(folder, [topicOf({ ...first, note: text.optional() })])).rejects.toThrow(changed);
    expect(files()).toEqual(['ParcelSent.v1.json', 'index.json']);
  });

  it('does not mind another layout of the same file', () => {
    edit('ParcelSent.v1.json', (json) => JSON.stringify(JSON.parse(json)));
    expect(complaintsAbout(topicOf(first))).toEqual([]);
  });

  it('notices a file that is gone, one that nobody released, and one with a strange name', () => {
    cpSync(join(folder, 'ParcelSent.v1.json'), join(folder, 'ParcelSent.v1.2.json'));
    writeFileSync(join(folder, 'notes.json'), '{}');
    rmSync(join(folder, 'ParcelSent.v1.json'));
    expect(complaintsAbout(topicOf(first))).toEqual([
      'ParcelSent.v1.2.json was not written by contracts:release: index.json does not know it',
      'ParcelSent.v1.json was released and is gone: bring it back',
      'notes.json is not named like a release, such as OrderPaid.v1.json',
    ]);
  });
});
