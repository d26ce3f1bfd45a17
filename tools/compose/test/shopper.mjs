import { setTimeout as pause } from 'node:timers/promises';

/** How long a shopper keeps trying while containers come and go, in milliseconds. */
const patienceMs = 90_000;

/** A shopper whose app does what apps should: what failed is asked again, under the same key. */
export class Shopper {
  constructor({ gatewayUrl, simulatorUrl }, shop) {
    Object.assign(this, { gatewayUrl, simulatorUrl, shop });
  }

  /** Orders, pays at the bank, and sees the order paid. @returns {Promise<{ id: string, paymentSessionId: string, ms: number }>} */
  async buy(order) {
    const began = Date.now();
    return this.finish(order, await this.openSession(order), began);
  }

  async finish(order, session, began) {
    await this.pay(session.id);
    const { paidBy } = await this.seePaid(order);
    if (paidBy !== session.id) throw new Error(`order ${order.id} was paid by ${paidBy}, and not by ${session.id}`);
    return { id: order.id, paymentSessionId: session.id, ms: Date.now() - began };
  }

  openSession(order) {
    const { id, bankChoice } = order;
    return insist(`a payment session for ${id}`, async () => {
      const response = await this.ask('/v1/payment-sessions', order, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `key-${id}`, prefer: 'wait=5' },
        body: JSON.stringify({ bankChoice, terminal: { type: 'APP', os: 'IOS' } }),
      });
      if (response.status === 201) return response.json();
      const answer = `${response.status}: ${await response.text()}`;
      if (response.status === 202 || response.status >= 500) throw new Error(answer);
      throw new Refused(`the gateway answered ${answer}`);
    });
  }

  pay(paymentSessionId) {
    return insist(`payment session ${paymentSessionId} is paid at the bank`, async () => {
      const path = `/_sim/sessions/${paymentSessionId}/pay`;
      const response = await fetch(`${this.simulatorUrl}${path}`, { method: 'POST', ...aMoment() });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    });
  }

  seePaid(order) {
    return insist(`order ${order.id} is paid`, async () => {
      const response = await this.ask(`/v1/orders/${order.id}`, order);
      const body = await response.text();
      const view = response.ok ? JSON.parse(body) : {};
      if (view.status !== 'paid') throw new Error(`${response.status}: ${body}`);
      return view;
    });
  }

  async ledger() {
    return (await fetch(`${this.simulatorUrl}/_sim/ledger`)).json();
  }

  async ask(path, { id, amount, description }, { headers = {}, ...init } = {}) {
    const token = await this.shop.sign({ order: { id, amount, description } });
    return fetch(`${this.gatewayUrl}${path}`, {
      ...init,
      headers: { ...headers, authorization: `Bearer ${token}` },
      ...aMoment(),
    });
  }
}

class Refused extends Error {}

const aMoment = () => ({ signal: AbortSignal.timeout(10_000) });

/** Asks until it is answered; a refusal is an answer. */
async function insist(what, ask) {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (Date.now() > deadline) throw new Error(`${what}: not within ${patienceMs / 1000} s`, { cause: error });
    }
    await pause(200);
  }
}
