import { systemClock } from '@kasir/kernel';
import { type TrustedWebhook } from './handle-webhooks.js';
import { type Stores, type UnitOfWork } from './ports.js';
import { WebhookGroups } from './webhook-groups.js';
import { type KeptWebhook } from './webhook-ports.js';

const webhookAbout = (about: string): TrustedWebhook => ({
  webhook: { method: 'POST', path: '/', headers: {}, body: Buffer.from(about), receivedAt: systemClock.now() },
  verified: { kind: 'other', about },
});

/** Transactions whose commits the test ends one by one; a webhook called `bad` cannot be kept. */
class SlowCommits implements UnitOfWork {
  readonly committed: string[][] = [];
  readonly #gates: (() => void)[] = [];

  async run<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    const kept: string[] = [];
    const webhooks = {
      keep: (webhooks: readonly KeptWebhook[]) => {
        const abouts = webhooks.map(({ about }) => about);
        return abouts.includes('bad')
          ? Promise.reject(new Error('cannot be kept'))
          : Promise.resolve(void kept.push(...abouts));
      },
    };
    const result = await work({ webhooks, payments: {} } as never);
    await new Promise<void>((open) => this.#gates.push(open));
    this.committed.push(kept);
    return result;
  }

  async begun(count: number): Promise<void> {
    while (this.#gates.length < count) await new Promise((resolve) => setImmediate(resolve));
  }

  async openLast(): Promise<void> {
    this.#gates.pop()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  async open(): Promise<void> {
    this.#gates.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('webhooks that wait at the same moment', () => {
  let commits: SlowCommits;
  let groups: WebhookGroups;
  beforeEach(() => {
    commits = new SlowCommits();
    groups = new WebhookGroups(
      commits,
      { clock: systemClock, prefix: 'ps_' },
      { most: 3, patienceMs: 3_600_000, lanes: 4 },
    );
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('share one commit, those that came while another was under way', async () => {
    const heard = ['a', 'b', 'c', 'd', 'e'].map((about) => groups.add(webhookAbout(about)));
    await turn();
    for (let n = 0; n < 3; n++) await commits.open();
    await Promise.all(heard);
    expect(commits.committed).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('are acknowledged after their commit and not before', async () => {
    let done = false;
    const heard = groups.add(webhookAbout('a')).then(() => (done = true));
    await turn();
    expect(done).toBe(false);
    await commits.open();
    await heard;
    expect(commits.committed).toEqual([['a']]);
  });

  it('do not wait for ever for a commit that waits for somebody else', async () => {
    const hasty = new WebhookGroups(
      commits,
      { clock: systemClock, prefix: 'ps_' },
      { most: 3, patienceMs: 1, lanes: 2 },
    );
    const heard = ['stuck', 'b', 'c'].map((about) => hasty.add(webhookAbout(about)));
    await commits.begun(2);
    await commits.openLast();
    await Promise.all(heard.slice(1));
    expect(commits.committed).toEqual([['b', 'c']]);
    await commits.open();
    await heard[0];
    expect(commits.committed).toEqual([['b', 'c'], ['stuck']]);
  });

  it('do not suffer from a bad one among them', async () => {
    const first = groups.add(webhookAbout('a'));
    const others = ['b', 'bad', 'c'].map((about) => groups.add(webhookAbout(about)));
    const fates = Promise.allSettled(others);
    await turn();
    for (let n = 0; n < 4; n++) await commits.open();
    await first;
    expect((await fates).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(commits.committed).toEqual([['a'], ['b'], ['c']]);
  });

  it('go on after a failure', async () => {
    await expect(groups.add(webhookAbout('bad'))).rejects.toThrow('cannot be kept');
    const heard = groups.add(webhookAbout('a'));
    await turn();
    await commits.open();
    await heard;
    expect(commits.committed).toEqual([['a']]);
  });
});
