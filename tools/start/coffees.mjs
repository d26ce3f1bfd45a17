import { bearLosses } from '@kasir/kernel';
import pg from 'pg';

/** What fulfilment has prepared, read from its own counter. */
export async function coffeesOf(databaseUrl, orderIds) {
  const client = bearLosses(new pg.Client({ connectionString: databaseUrl }));
  await client.connect();
  try {
    const { rows } = await client.query('select order_id from coffees where order_id = any($1)', [orderIds]);
    return rows.map(({ order_id }) => order_id);
  } finally {
    await client.end();
  }
}

/** Resolves when each order has its coffee; fulfilment hears of a paid order a moment after everybody else. */
export async function allPrepared(databaseUrl, orderIds, withinMs = 15_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const prepared = await coffeesOf(databaseUrl, orderIds);
    if (prepared.length === orderIds.length) return;
    if (Date.now() > deadline) throw new Error(`fulfilment prepared ${prepared.length} of ${orderIds.length} coffees`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
