import { orders } from '@kasir/contracts';
import { type Database, type Outbox, type Tx } from '@kasir/messaging';
import { createLogger, logContext } from '@kasir/platform';
import { decisionLog } from './decision-log.js';

describe('a published event in the log', () => {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const decisions = decisionLog(createLogger('order', { destination }));
  const tx = { query: () => Promise.resolve([]) } as Tx;
  const database = decisions.database({ transaction: (work) => work(tx) } as Database);
  const outbox = decisions.outbox({ say: () => Promise.resolve('e-1') } as Outbox);
  const closed = { type: 'OrderClosed', identity: 'o-1', data: { orderId: 'o-1', cause: 'expired' } } as const;
  const publish = () =>
    database.transaction(async (tx) => {
      await logContext.run({ traceId: 't' }, () => outbox.say(tx, orders, { ...closed, at: new Date() }));
      expect(lines).toEqual([]);
    });
  beforeEach(() => lines.splice(0));

  it('is one line at info once the transaction of a decision is committed, with its ids and its trace', async () => {
    await publish();
    const ids = { orderId: 'o-1', traceId: 't', eventId: 'e-1', type: 'OrderClosed', cause: 'expired' };
    expect(lines).toEqual([expect.objectContaining({ level: 'info', message: 'order closed', ...ids })]);
  });

  it('is no line where the transaction is rolled back', async () => {
    const failing = database.transaction(async () => {
      await outbox.say(tx, orders, { ...closed, at: new Date() });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(lines).toEqual([]);
  });
});
