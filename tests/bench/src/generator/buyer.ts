import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { type Wanted } from './shop.js';

/** How long an app keeps asking for a session that was not there when its POST was answered. */
const patienceMs = 60_000;

const body = JSON.stringify({ bankChoice: { bankName: 'Siam Commerical Bank' }, terminal: { type: 'APP', os: 'IOS' } });

/** An app and its buyer, on connections that are kept. */
export class Buyer {
  private readonly agent = new Agent({
    connections: 256,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    headersTimeout: 120_000,
  });
  private turn = 0;

  constructor(
    private readonly gatewayUrls: readonly string[],
    private readonly simulatorUrl: string,
  ) {}

  /** @returns the payment session's id. @throws what was answered instead */
  async openSession({ orderId, token }: Wanted): Promise<string> {
    this.turn += 1;
    const gateway = this.gatewayUrls[this.turn % this.gatewayUrls.length]!;
    const authorization = `Bearer ${token}`;
    const answer = await request(`${gateway}/v1/payment-sessions`, {
      dispatcher: this.agent,
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': `key-${orderId}`,
        prefer: 'wait=10',
      },
      body,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 201 && answer.statusCode !== 202) throw new Error(`POST ${answer.statusCode}`);
    const session = JSON.parse(text) as { id?: string; paymentSessionId?: string };
    const id = session.id ?? session.paymentSessionId;
    if (id === undefined) throw new Error('POST without a session');
    if (answer.statusCode === 202) await this.untilCreated(`${gateway}/v1/payment-sessions/${id}`, authorization);
    return id;
  }

  private async untilCreated(url: string, authorization: string): Promise<void> {
    for (const until = Date.now() + patienceMs; Date.now() < until; await pause(500)) {
      const { statusCode, body: answer } = await request(url, { dispatcher: this.agent, headers: { authorization } });
      const session = await answer.json().catch(() => ({}));
      if (statusCode === 200 && (session as { status?: string }).status === 'created') return;
      if (statusCode >= 400 && statusCode < 500) throw new Error(`POST 202, then GET ${statusCode}`);
    }
    throw new Error('POST 202, and no session within a minute');
  }

  /** Pays; the bank charges once, so that what was not answered is done again. */
  async pay(sessionId: string): Promise<void> {
    for (let left = 3; ; left -= 1) {
      try {
        return await this.payOnce(sessionId);
      } catch (error) {
        if (left === 0) throw error;
        await pause(200);
      }
    }
  }

  private async payOnce(sessionId: string): Promise<void> {
    const { statusCode, body: answer } = await request(`${this.simulatorUrl}/_sim/sessions/${sessionId}/pay`, {
      dispatcher: this.agent,
      method: 'POST',
    });
    await answer.dump();
    if (statusCode >= 300) throw new Error(`pay ${statusCode}`);
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}
