import { freshDatabase, type LabDatabase, until } from '../lab.specs.js';
import { effectsTable, labOfOnePartition, news } from '../poison.lab.specs.js';
import { Unprocessable } from '../unprocessable.js';
import { deferred } from '../waiting.js';

const order = { by: 'mika', reason: 'the shop was closed' };

describe('a dead letter', () => {
  let database: LabDatabase;
  let lab: ReturnType<typeof labOfOnePartition>;
  beforeAll(async () => {
    database = await freshDatabase(effectsTable);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.query('truncate effects, inbox, dead_letters, waiting_messages, dead_letter_actions');
    lab = labOfOnePartition(database);
  });

  const refuse = (key: string, sequence = 1) =>
    lab.trouble.set(key, (event: { sequence: number }) => {
      if (event.sequence === sequence) throw new Unprocessable(`${key} is closed`);
    });
  const untilOneIsBlocked = () =>
    until(
      'the new one waits for the redrive',
      () =>
        database.query<{ blocked: number }>(
          `select count(*)::int as blocked from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        ),
      ([row]) => row?.blocked === 1,
    );
  const theLetter = async () => (await lab.desk.list())[0]!.id;

  describe('of money', () => {
    it('is waited for by what comes later of its key, and by nobody else', async () => {
      refuse('a');
      await lab.apply(news('a', 1), news('b', 1), news('a', 2), news('b', 2));
      await lab.apply(news('a', 3), news('c', 1));
      expect(await lab.effects()).toEqual(['b#1', 'b#2', 'c#1']);
      expect(await lab.waiting()).toEqual(['a#2', 'a#3']);
      expect(lab.applying).toMatchObject({ deadLetters: 1, waiting: 2, applied: 3 });
      expect(await lab.desk.list()).toMatchObject([{ key: 'a', waiting: 2, reason: 'Unprocessable: a is closed' }]);
    });

    it('is waited for also when nobody could read it, and by what nobody can read', async () => {
      await lab.apply(news('a', 1, { body: 'hello' }), news('a', 2), news('a', 3, { body: 'again' }), news('b'));
      expect(await lab.effects()).toEqual(['b#1']);
      expect(await lab.waiting()).toEqual(['a#2', 'a#3']);
    });

    it('holds nobody when it has no key', async () => {
      await lab.apply(news('a', 1, { key: null }), news('a', 2));
      expect(await lab.effects()).toEqual(['a#2']);
      expect(await lab.desk.list()).toMatchObject([{ key: undefined, waiting: 0 }]);
    });

    it('is neither doubled nor put behind itself when the partition is read again', async () => {
      refuse('a');
      const records = [news('a', 1), news('a', 2), news('b', 1)];
      await lab.apply(...records);
      await lab.apply(...records);
      expect(await lab.waiting()).toEqual(['a#2']);
      expect(await lab.desk.list()).toHaveLength(1);
      expect(await lab.effects()).toEqual(['b#1']);
    });

    it('is applied by a redrive, then all that waited in the order of arrival, and the key is free', async () => {
      refuse('a');
      await lab.apply(news('a', 1), news('a', 2), news('a', 3), news('a', 3));
      lab.trouble.clear();
      const id = await theLetter();
      expect(await lab.desk.redrive(id, order)).toEqual({ outcome: 'redriven', released: 3 });
      await lab.apply(news('a', 4));
      expect(await lab.effects()).toEqual(['a#1', 'a#2', 'a#3', 'a#4']);
      expect(await lab.waiting()).toEqual([]);
      expect(await lab.desk.show(id)).toMatchObject({
        state: 'redriven',
        actions: [{ action: 'redrive', done: true, by: 'mika', reason: 'the shop was closed', released: 3 }],
      });
    });

    it('stays one when the redrive fails, with the new reason, and the failed try left nothing behind', async () => {
      refuse('a');
      await lab.apply(news('a', 1), news('a', 2));
      const called: string[] = [];
      lab.trouble.set('a', async (_, { tx, afterCommit }) => {
        afterCommit(() => called.push('a'));
        await tx.query(`insert into effects (order_id, sequence) values ('half', 0)`);
        throw new Unprocessable('still closed');
      });
      const id = await theLetter();
      const failed = { outcome: 'failed', reason: 'Unprocessable: still closed' };
      expect(await lab.desk.redrive(id, order)).toEqual(failed);
      expect(await lab.effects()).toEqual([]);
      expect(await lab.waiting()).toEqual(['a#2']);
      expect(await lab.desk.show(id)).toMatchObject({
        state: 'kept',
        attempts: 2,
        reason: failed.reason,
        actions: [{ done: false, outcome: failed.reason, released: 0 }],
      });
      expect(called).toEqual([]);
    });

    it('makes way for the next one when what waited cannot be applied either', async () => {
      refuse('a');
      await lab.apply(news('a', 1), news('a', 2), news('a', 3), news('a', 4));
      refuse('a', 3);
      const redriven = await lab.desk.redrive(await theLetter(), order);
      const second = await theLetter();
      expect(redriven).toEqual({ outcome: 'redriven', released: 1, parkedAgain: second });
      expect(await lab.effects()).toEqual(['a#1', 'a#2']);
      await lab.apply(news('a', 5));
      expect(await lab.waiting()).toEqual(['a#4', 'a#5']);
      lab.trouble.clear();
      expect(await lab.desk.redrive(second, order)).toEqual({ outcome: 'redriven', released: 2 });
      expect(await lab.effects()).toEqual(['a#1', 'a#2', 'a#3', 'a#4', 'a#5']);
    });

    it('is kept but never applied once it is discarded, and what waited goes on', async () => {
      refuse('a');
      const first = news('a', 1);
      await lab.apply(first, news('a', 2));
      lab.trouble.clear();
      const id = await theLetter();
      expect(await lab.desk.discard(id, order)).toEqual({ outcome: 'discarded', released: 1 });
      await lab.apply(first, news('a', 3));
      expect(await lab.effects()).toEqual(['a#2', 'a#3']);
      expect(await lab.desk.list()).toEqual([]);
      expect(await lab.desk.list({ state: 'discarded' })).toMatchObject([{ id, key: 'a', state: 'discarded' }]);
    });

    it('runs what is to follow the commit after a redrive, too', async () => {
      refuse('a');
      await lab.apply(news('a', 1));
      const called: string[] = [];
      lab.trouble.set('a', (_, { afterCommit }) => afterCommit(() => called.push('a')));
      await lab.desk.redrive(await theLetter(), order);
      await until(
        'it was called',
        () => called,
        ({ length }) => length === 1,
      );
    });

    it('overtakes nothing: news that comes during a redrive is applied behind what waited', async () => {
      refuse('a');
      await lab.apply(news('a', 1), news('a', 2));
      const [begun, hold] = [deferred(), deferred()];
      lab.trouble.set('a', async (event) => {
        if (event.sequence !== 2) return;
        begun.resolve();
        await hold.promise;
      });
      const redriving = lab.desk.redrive(await theLetter(), order);
      await begun.promise;
      const arriving = lab.apply(news('a', 3));
      try {
        await untilOneIsBlocked();
      } finally {
        hold.resolve();
      }
      await Promise.all([redriving, arriving]);
      expect(await lab.effects()).toEqual(['a#1', 'a#2', 'a#3']);
      expect(await lab.waiting()).toEqual([]);
    });

    it.each([
      ['that can be applied', news('a', 5)],
      ['that nobody can read', news('a', 5, { body: 'hello' })],
    ])('lets nothing %s pass the one that took its place while the redrive was under way', async (_, arrival) => {
      refuse('a');
      await lab.apply(news('a', 1), news('a', 2), news('a', 3));
      const [begun, hold] = [deferred(), deferred()];
      lab.trouble.set('a', async (event) => {
        if (event.sequence !== 2) return;
        begun.resolve();
        await hold.promise;
        throw new Unprocessable('a is closed again');
      });
      const redriving = lab.desk.redrive(await theLetter(), order);
      await begun.promise;
      const arriving = lab.apply(arrival);
      try {
        await untilOneIsBlocked();
      } finally {
        hold.resolve();
      }
      await Promise.all([redriving, arriving]);
      expect(await lab.effects()).toEqual(['a#1']);
      expect(await lab.waiting()).toEqual(['a#3', 'a#5']);
      expect(await lab.desk.list()).toHaveLength(1);
    });

    it('frees its key only when no other dead letter holds it', async () => {
      await lab.apply(news('a', 1, { body: 'hello' }), news('a', 2));
      await lab.apply(news('b', 1, { body: 'hello' }));
      await database.query(`update dead_letters set key = 'a'`);
      const [first, second] = await lab.desk.list();
      expect(await lab.desk.discard(first!.id, order)).toEqual({ outcome: 'discarded', released: 0 });
      expect(await lab.waiting()).toEqual(['a#2']);
      expect(await lab.desk.discard(second!.id, order)).toEqual({ outcome: 'discarded', released: 1 });
      expect(await lab.effects()).toEqual(['a#2']);
    });

    it('is decided upon by one person, who says why', async () => {
      refuse('a');
      await lab.apply(news('a', 1));
      lab.trouble.clear();
      const id = await theLetter();
      await expect(lab.desk.redrive(id, { by: 'mika', reason: ' ' })).rejects.toThrow('a name and a reason');
      const both = await Promise.allSettled([lab.desk.redrive(id, order), lab.desk.discard(id, order)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(lab.desk.redrive(id, order)).rejects.toThrow(/was (redriven|discarded) before/);
      await expect(lab.desk.discard('999999', order)).rejects.toThrow('there is no dead letter 999999');
      await expect(lab.desk.redrive('1 or 1=1', order)).rejects.toThrow('there is no dead letter');
    });

    it('shows its bytes as text where they are text', async () => {
      await lab.apply(news('a', 1, { body: 'hello' }), news('b', 1, { body: Buffer.from([0xff, 0x00]) }));
      const [text, bytes] = await lab.desk.list();
      expect(await lab.desk.show(text!.id)).toMatchObject({
        body: 'hello',
        eventType: 'PaymentSucceeded',
        actions: [],
      });
      expect(await lab.desk.show(bytes!.id)).toMatchObject({ body: 'base64:/wA=', key: 'b' });
      expect(await lab.desk.show('999999')).toBeUndefined();
      expect((await lab.desk.list({ limit: 1, after: text!.id })).map(({ id }) => id)).toEqual([bytes!.id]);
    });
  });

  describe('of a view', () => {
    it('is passed by what comes later of its key', async () => {
      lab = labOfOnePartition(database, 'pass');
      refuse('a');
      await lab.apply(news('a', 1), news('a', 2), news('a', 3));
      expect(await lab.effects()).toEqual(['a#2', 'a#3']);
      lab.trouble.clear();
      expect(await lab.desk.redrive(await theLetter(), order)).toEqual({ outcome: 'redriven', released: 0 });
    });
  });
});
