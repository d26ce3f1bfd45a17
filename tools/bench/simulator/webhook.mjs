import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const acknowledgement = '{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"success"}}';

/** A merchant's door that acknowledges and counts. */
export async function startWebhook() {
  let heard = 0;
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, answer) => {
    incoming.resume().on('end', () => {
      heard += 1;
      answer.setHeader('content-type', 'application/json').end(acknowledgement);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/webhooks/antom/payments`,
    heard: () => heard,
    async untilHeard(count) {
      while (heard < count) await sleep(20);
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
