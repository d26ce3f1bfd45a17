import { type Position } from '../broker.js';
import { memoryLog } from '../lab.specs.js';
import { deferred, type Deferred } from '../waiting.js';
import { Committer } from './committer.js';

const at = (next: string, partition = 0): Position => ({ topic: 'payments.v1', partition, next });

describe('the committer', () => {
  let calls: { positions: readonly Position[]; answer: Deferred }[];
  let committer: Committer;
  const committerEvery = (ms: number) =>
    new Committer(
      (positions) => {
        const answer = deferred();
        calls.push({ positions, answer });
        return answer.promise;
      },
      memoryLog(),
      ms,
    );
  beforeEach(() => {
    calls = [];
    committer = committerEvery(1);
  });
  const turn = () => new Promise(setImmediate);
  const call = async (count: number) => {
    while (calls.length < count) await turn();
    return calls[count - 1]!;
  };

  it('makes one call at a time, which carries the last position of each partition', async () => {
    committer.done(at('1'));
    const first = await call(1);
    for (const next of ['2', '3']) committer.done(at(next));
    committer.done(at('9', 1));
    await turn();
    expect(calls).toHaveLength(1);
    first.answer.resolve();
    const second = await call(2);
    expect(second.positions).toEqual([at('3'), at('9', 1)]);
    second.answer.resolve();
    await committer.flushed();
  });

  it('repeats a failed commit, but never with an older position', async () => {
    committer.done(at('1'));
    committer.done(at('5', 1));
    (await call(1)).answer.reject(new Error('the coordinator moved'));
    committer.done(at('2'));
    const again = await call(2);
    expect([...again.positions].sort((one, other) => one.partition - other.partition)).toEqual([at('2'), at('5', 1)]);
    again.answer.resolve();
    await committer.flushed();
  });

  it('commits no position of an assignment that has ended', async () => {
    committer.done(at('1'));
    const first = await call(1);
    committer.done(at('2'));
    committer.forget();
    first.answer.reject(new Error('the group is rebalancing'));
    committer.done(at('7', 1));
    const second = await call(2);
    expect(second.positions).toEqual([at('7', 1)]);
    second.answer.resolve();
    await committer.flushed();
  });

  it('gives up a failed commit when the service stops: redelivered messages are deduplicated', async () => {
    committer.done(at('1'));
    const first = await call(1);
    const flushed = committer.flushed();
    first.answer.reject(new Error('the broker is away'));
    await flushed;
    expect(calls).toHaveLength(1);
  });

  it('commits the positions of all partitions together, and at once when the service stops', async () => {
    committer = committerEvery(3_600_000);
    for (const position of [at('1'), at('4', 1), at('2')]) committer.done(position);
    await turn();
    expect(calls).toHaveLength(0);
    const flushed = committer.flushed();
    const only = await call(1);
    expect(only.positions).toEqual([at('2'), at('4', 1)]);
    only.answer.resolve();
    await flushed;
    expect(calls).toHaveLength(1);
  });

  it.each(Array.from({ length: 10 }, (_, moments) => moments))(
    'forgets no position that comes %d moments after an answer',
    async (moments) => {
      committer.done(at('1'));
      (await call(1)).answer.resolve();
      for (let moment = 0; moment < moments; moment += 1) await Promise.resolve();
      committer.done(at('2'));
      const second = await call(2);
      expect(second.positions).toEqual([at('2')]);
      second.answer.resolve();
      await committer.flushed();
    },
  );
});
