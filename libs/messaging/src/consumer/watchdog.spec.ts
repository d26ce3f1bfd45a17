import { Watchdog } from './watchdog.js';

const place = { topic: 'payments.v1', partition: 3 };
const at = (committed: bigint, end: bigint) => [{ ...place, committed, end }];

describe('a partition stands still', () => {
  let dog: Watchdog;
  beforeEach(() => {
    dog = new Watchdog(30_000);
    dog.look(at(5n, 9n), 0);
  });
  it('when messages wait and nothing moved for half a minute', () => {
    expect(dog.look(at(5n, 9n), 29_999)).toEqual([]);
    expect(dog.look(at(5n, 12n), 30_000)).toMatchObject([place]);
  });
  it('but not while it moves, however far behind', () => {
    dog.look(at(6n, 900n), 20_000);
    expect(dog.look(at(6n, 900n), 49_999)).toEqual([]);
  });
  it('nor when everything is read', () => {
    dog.look(at(9n, 9n), 20_000);
    expect(dog.look(at(9n, 9n), 90_000)).toEqual([]);
    expect(dog.look(at(9n, 10n), 90_001)).toEqual([]);
  });
  it('nor when it was somebody else’s in between', () => {
    dog.look([], 20_000);
    expect(dog.look(at(5n, 9n), 60_000)).toEqual([]);
  });
});
