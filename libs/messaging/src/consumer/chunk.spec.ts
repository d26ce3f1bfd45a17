import { freshDatabase, type LabDatabase, until } from '../lab.specs.js';
import { effectsTable, labOfOnePartition, news } from '../poison.lab.specs.js';
import { Unprocessable } from '../unprocessable.js';

describe('neighbours of one partition', () => {
  let database: LabDatabase;
  let lab: ReturnType<typeof labOfOnePartition>;
  beforeAll(async () => {
    database = await freshDatabase(effectsTable);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.query('truncate effects, inbox, dead_letters, waiting_messages, dead_letter_actions');
    lab = labOfOnePartition(database, 'pass');
  });

  it('share one transaction', async () => {
    const many = Array.from({ length: 100 }, (_, index) => news(`order-${index}`));
    expect(await lab.apply(...many)).toBe(100);
    expect(lab.transactions()).toBe(1);
    expect(await lab.effects()).toHaveLength(100);
  });

  it('are folded where they are the same, also when they were applied before', async () => {
    await lab.apply(news('a', 1), news('a', 1), news('b', 1));
    await lab.apply(news('b', 1), news('a', 2), news('a', 1), news('a', 2));
    expect(await lab.effects()).toEqual(['a#1', 'b#1', 'a#2']);
    expect(lab.applying).toMatchObject({ applied: 3, repeated: 4 });
  });

  it('keep the order of their topic within a key, and one order among keys so that nobody locks in a circle', async () => {
    await lab.apply(news('c', 1), news('a', 1), news('c', 2), news('b', 1), news('a', 2));
    expect(await lab.effects()).toEqual(['a#1', 'a#2', 'b#1', 'c#1', 'c#2']);
  });

  it('lose nothing by the one that is refused: it alone becomes a dead letter', async () => {
    lab.trouble.set('m', () => {
      throw new Unprocessable('never');
    });
    const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
    expect(await lab.apply(...letters.map((letter) => news(letter)))).toBe(26);
    expect(await lab.effects()).toHaveLength(25);
    expect((await lab.desk.list()).map(({ key, attempts }) => [key, attempts])).toEqual([['m', 1]]);
    expect(lab.transactions()).toBeLessThan(16);
  });

  it('stand on both sides of what nobody can read', async () => {
    await lab.apply(news('a'), news('b'), news('c', 1, { body: 'hello' }), news('d'), news('e'));
    expect(await lab.effects()).toEqual(['a#1', 'b#1', 'd#1', 'e#1']);
    expect((await lab.desk.list()).map(({ reason }) => reason)).toEqual(['the body is no JSON']);
  });

  it('are given up with what was done so far when the service leaves', async () => {
    const leaving = new AbortController();
    lab.trouble.set('b', () => {
      leaving.abort();
      throw Object.assign(new Error('could not obtain lock'), { code: '55P03' });
    });
    const chunk = [news('a'), news('b'), news('c')];
    expect(await lab.applying.apply(chunk, leaving.signal)).toBe(0);
    expect(await lab.effects()).toEqual([]);
  });

  describe('and what is to follow their commit', () => {
    it('follows it once, and sees what was committed', async () => {
      const seen: string[][] = [];
      for (const order of ['a', 'b'])
        lab.trouble.set(order, (_, { afterCommit }) => afterCommit(async () => seen.push(await lab.effects())));
      await lab.apply(news('a'), news('b'));
      await until(
        'both were called',
        () => seen,
        ({ length }) => length === 2,
      );
      expect(seen).toEqual([
        ['a#1', 'b#1'],
        ['a#1', 'b#1'],
      ]);
    });

    it('does not follow what was rolled back', async () => {
      const called: string[] = [];
      lab.trouble.set('a', (_, { afterCommit }) => afterCommit(() => called.push('a')));
      lab.trouble.set('b', (_, { afterCommit }) => {
        afterCommit(() => called.push('b'));
        throw new Unprocessable('never');
      });
      await lab.apply(news('a'), news('b'));
      await until(
        'a was called',
        () => called,
        ({ length }) => length > 0,
      );
      await lab.apply(news('c'));
      expect(called).toEqual(['a']);
    });

    it('harms nobody when it fails', async () => {
      lab.trouble.set('a', (_, { afterCommit }) => afterCommit(() => Promise.reject(new Error('nobody there'))));
      await lab.apply(news('a'));
      await until(
        'it is logged',
        () => lab.log.lines,
        (lines) => lines.some(({ level }) => level === 'warn'),
      );
      expect(await lab.effects()).toEqual(['a#1']);
    });
  });
});
