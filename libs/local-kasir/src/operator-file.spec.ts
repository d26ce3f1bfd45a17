import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyFiles, readKey } from './keys.js';
import { operatorFile } from './operator-file.js';
import { databaseOwners, partNames, type Surroundings } from './parts.js';

describe('what a local Kasir tells its operator', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kasir-local-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const surroundings = (): Surroundings => ({
    ports: Object.fromEntries(
      partNames.map((name, at) => [name, { port: 3000 + at, adminPort: 3100 + at }]),
    ) as Surroundings['ports'],
    brokers: ['127.0.0.1:9092'],
    topicPrefix: 'mika.',
    databaseUrls: Object.fromEntries(
      databaseOwners.map((name) => [name, `postgres://${name}@127.0.0.1/${name}`]),
    ) as Surroundings['databaseUrls'],
    keys: keyFiles(join(folder, 'keys')),
    dataFolder: folder,
    payAfterMs: undefined,
    resendScheduleMs: undefined,
    warmUpSeconds: undefined,
  });
  const file = () => join(folder, 'operator.json');

  it('is where each service takes orders, with what token, and what it runs with', () => {
    const told = surroundings();
    operatorFile(folder).write(told);
    const read = JSON.parse(readFileSync(file(), 'utf8')) as {
      token: string;
      services: Record<string, { adminUrl: string; settings: Record<string, string> }>;
    };
    expect(Object.keys(read.services)).toEqual([...databaseOwners]);
    expect(read.services['order']).toMatchObject({
      adminUrl: 'http://127.0.0.1:3103',
      settings: { DATABASE_URL: 'postgres://order@127.0.0.1/order', TOPIC_PREFIX: 'mika.' },
    });
    expect(read.token).toBe(readKey(read.services['order']!.settings['OPERATOR_TOKEN_FILE']!));
    expect(read.token.length).toBeGreaterThanOrEqual(24);
  });

  it('is for its owner alone, and gone when Kasir stops', () => {
    const note = operatorFile(folder);
    note.write(surroundings());
    note.write(surroundings());
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    note.remove();
    note.remove();
    expect(() => statSync(file())).toThrow('ENOENT');
  });

  it('has a token also where the keys of an older Kasir lie already', () => {
    const { operatorToken, databasePassword } = keyFiles(join(folder, 'keys'));
    const password = readKey(databasePassword);
    rmSync(operatorToken);
    expect(readKey(keyFiles(join(folder, 'keys')).operatorToken)).toMatch(/^[0-9a-f]{48}$/);
    expect(readKey(databasePassword)).toBe(password);
  });
});
