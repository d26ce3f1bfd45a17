import { cutCommits } from './cut-commits.js';
import {
  freezeBroker,
  interrupt,
  type Interruption,
  killBroker,
  killDatabase,
  restartBroker,
  restartDatabase,
  stopBroker,
} from './interruptions.js';
import { poison } from './poison.js';
import { comeAndGo, killMember } from './rebalances.js';
import { openServers } from './servers.js';
import { type Verdict } from './verdict.js';

describe('what is said while', () => {
  let servers: Awaited<ReturnType<typeof openServers>>;
  beforeAll(async () => {
    servers = await openServers();
  });
  afterAll(() => servers.close());

  const faultless = (verdict: Verdict): void => {
    const { lost, doubled, outOfOrder, deadLetters, said } = verdict;
    expect({ lost, doubled, outOfOrder, deadLetters }).toEqual({ lost: 0, doubled: 0, outOfOrder: 0, deadLetters: 0 });
    expect(said).toBeGreaterThan(0);
  };

  it.each<[string, Interruption]>([
    ['the broker is restarted', restartBroker],
    ['the broker is killed', killBroker],
    ['the broker is frozen', freezeBroker(7_000)],
    ['the broker is away', stopBroker(3_000)],
    ['the database is restarted', restartDatabase],
    ['the database is killed', killDatabase],
  ])('%s takes effect once, in its order', async (_, interruption) => {
    const result = await interrupt(servers, interruption, 60);
    faultless(result);
    // A busy machine gets more than the three seconds of the long drill, and less than a session lasts.
    expect(result.recoveryMs).toBeLessThan(30_000);
  });

  it('connections are cut at COMMIT takes effect once, whether the database heard it or not', async () => {
    const result = await cutCommits(servers, { perSecond: 100, seconds: 4, everyNth: 7 });
    faultless(result);
    expect(result.cutBefore).toBeGreaterThan(3);
    expect(result.cutAfter).toBeGreaterThan(3);
  });

  it('poison comes takes effect once, and every poison is kept once', async () => {
    faultless(await poison(servers));
  });

  it('members of the group come and go takes effect once, in its order', async () => {
    const result = await comeAndGo(servers, { perSecond: 500, seconds: 8, everyMs: 1_000, most: 3 });
    faultless(result);
    expect(result.joined).toBeGreaterThan(2);
    expect(result.left).toBeGreaterThan(1);
  });

  it('a member is killed waits for little more than the session', async () => {
    const sessionTimeoutMs = 6_000;
    const result = await killMember(servers, { perSecond: 200, sessionTimeoutMs });
    faultless(result);
    // Two in the long drill, on a machine that does nothing else.
    expect(result.takeoverMs).toBeLessThan(sessionTimeoutMs + 20_000);
  });
});
