const who = {
  PaymentSessionRequested: 'gateway',
  PaymentSessionCreated: 'payment-session',
  PaymentSessionRejected: 'payment-session',
  PaymentPending: 'notification',
  PaymentSucceeded: 'notification',
  PaymentFailed: 'notification',
  PaymentNeedsAttention: 'notification',
  OrderPaid: 'order',
  OrderNeedsAttention: 'order',
};

/** Prints what the topics say of one order, hop by hop. Every line is a record that was read back from the broker. */
export function printStory(say, order, { began, session }, records) {
  say('');
  say(`  order ${order.id}: ${order.description}, ${order.amount.value} ${order.amount.currency} in minor units`);
  say(`  payment session ${session.id}`);
  say('');
  for (const record of records) {
    const place = `${record.topic}/${record.partition}@${record.offset}`;
    const after = `${record.at - began} ms`.padStart(8);
    say(`  ${after}  ${(who[record.type] ?? '?').padEnd(16)} ${record.type.padEnd(24)} ${place}`);
  }
  say('');
}
