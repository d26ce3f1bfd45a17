export interface Books {
  /** Orders whose payment session was answered with 201. */
  readonly created: ReadonlySet<string>;
  /** How often `OrderPaid` was read for each order. */
  readonly paid: ReadonlyMap<string, number>;
  /** How often the bank charged for each order, by the simulator's ledger. */
  readonly charged: ReadonlyMap<string, number>;
}

/** What does not agree, a sentence each; nothing where payments created, `OrderPaid` and charges are the same orders, each once. */
export function booksProblems({ created, paid, charged }: Books): string[] {
  return [
    ...sentence('paid twice', twice(paid)),
    ...sentence('charged twice', twice(charged)),
    ...sentence('charged and not paid', missingFrom(charged.keys(), paid)),
    ...sentence('paid and not charged', missingFrom(paid.keys(), charged)),
    ...sentence('created and not paid', missingFrom(created, paid)),
    ...sentence('paid and never created', missingFrom(paid.keys(), created)),
  ];
}

const twice = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].filter(([, times]) => times > 1).map(([order]) => order);

const missingFrom = (orders: Iterable<string>, others: { has(order: string): boolean }): string[] =>
  [...orders].filter((order) => !others.has(order));

const sentence = (what: string, orders: readonly string[]): string[] =>
  orders.length === 0 ? [] : [`${orders.length} ${what}, such as ${orders.slice(0, 3).join(', ')}`];

export function countsOf(orders: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const order of orders) counts.set(order, (counts.get(order) ?? 0) + 1);
  return counts;
}
