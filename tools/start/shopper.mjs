/** A shopper with the merchant's app: everything goes through the doors that real ones use. */
export class Shopper {
  constructor(kasir, records) {
    this.kasir = kasir;
    this.records = records;
  }

  /** Orders, chooses a bank, pays there, and waits until the order is paid. */
  async buy(order) {
    const began = Date.now();
    const session = await this.openSession(order);
    const opened = Date.now();
    await this.payAtBank(session.id);
    const paid = await this.records.find(
      (record) => record.type === 'OrderPaid' && record.orderId === order.id,
      `order ${order.id} is paid`,
    );
    return { session, began, openedAfter: opened - began, paidAfter: paid.at - began };
  }

  /** @returns the payment session, with what the bank's SDK needs */
  async openSession({ id, amount, description, bankChoice }) {
    const token = await this.kasir.shop.sign({ order: { id, amount, description } });
    const response = await fetch(`${this.kasir.gatewayUrl}/v1/payment-sessions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `first-${id}`,
        prefer: 'wait=20',
      },
      body: JSON.stringify({ bankChoice, terminal: { type: 'APP', os: 'IOS' } }),
    });
    if (response.status !== 201) throw new Error(`the gateway answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** What happens between Antom's SDK and the bank; here the simulator's control door stands for both. */
  async payAtBank(paymentSessionId) {
    const response = await fetch(`${this.kasir.simulatorUrl}/_sim/sessions/${paymentSessionId}/pay`, {
      method: 'POST',
    });
    if (!response.ok) throw new Error(`the simulator answered ${response.status}: ${await response.text()}`);
  }
}
