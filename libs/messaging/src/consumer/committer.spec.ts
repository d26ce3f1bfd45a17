import { type Position } from '../broker.js';
import { memoryLog } from '../lab.specs.js';
import { deferred, type Deferred } from '../waiting.js';
import { Committer } from './committer.js';

const at = (next: string, partition = 0): Position => ({ topic: 'payments.v1', partition, next });

describe('telling the broker how far a partition is done', () => {
  let calls: { positions: readonly Position[]; answer: Deferred }[];
  let committer: Committer;
  beforeEach(() => {
    calls = [];
    committer = new Committer((positions) => {
      const answer = deferred();
      calls.push({ positions, answer });
      return answer.promise;
    }, memoryLog());
  });
  const turn = () => new Promise(setImmediate);
  const call = async (count: number) => {
    while (calls.length < count) await turn();
    return calls[count - 1]!;
  };

  it('takes one call at a time, which carries the last word of each partition', async () => {
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

  it('is said again after a failure, but never with an older position', async () => {
    committer.done(at('1'));
    committer.done(at('5', 1));
    (await call(1)).answer.reject(new Error('the coordinator moved'));
    await turn();
    committer.done(at('2'));
    const again = await call(2);
    expect([...again.positions].sort((one, other) => one.partition - other.partition)).toEqual([at('2'), at('5', 1)]);
    again.answer.resolve();
    await committer.flushed();
  });

  it('is not said any more when the partition may be somebody else’s', async () => {
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

  it('ends with the service: what could not be said is folded when it comes again', async () => {
    committer.done(at('1'));
    const first = await call(1);
    const flushed = committer.flushed();
    first.answer.reject(new Error('the broker is away'));
    await flushed;
    expect(calls).toHaveLength(1);
  });

  it.each(Array.from({ length: 10 }, (_, moments) => moments))(
    'forgets nothing that comes %d moments after an answer',
    async (moments) => {
      committer.done(at('1'));
      (await call(1)).answer.resolve();
      for (let moment = 0; moment < moments; moment += 1) await Promise.resolve();
      committer.done(at('2'));
      for (let turns = 0; turns < 3; turns += 1) await turn();
      expect(calls.at(-1)?.positions).toEqual([at('2')]);
      calls.at(-1)?.answer.resolve();
      await committer.flushed();
    },
  );
});
