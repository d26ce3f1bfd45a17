/** How often a call to the bank fails, and how: half of them are never answered, half by an error of the server. */
const faultShare = 0.007;
const latency = { p50Ms: 120, p99Ms: 380 };

/** Makes the simulator as slow and as unreliable as a bank, for calls that create a session or ask about a payment. */
export async function makeRealistic(simulatorUrl: string): Promise<void> {
  for (const call of ['createPaymentSession', 'inquiryPayment']) {
    await disturb(simulatorUrl, { fault: 'hang', call, probability: faultShare / 2, times: 'always' });
    await disturb(simulatorUrl, { fault: 'error', call, when: 'after', probability: faultShare / 2, times: 'always' });
    await disturb(simulatorUrl, { fault: 'delay', call, latency, times: 'always' });
  }
}

async function disturb(simulatorUrl: string, fault: object): Promise<void> {
  const answer = await fetch(`${simulatorUrl}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`);
}
