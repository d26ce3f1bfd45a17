/** The order of Antom's own guide, in the three ways a bank can be chosen. 160 satang are 1.60 baht. */
const cappuccino = {
  amount: { value: '160', currency: 'THB' },
  description: "Cappuccino #grande (Mika's coffee shop)",
};

export const demoOrders = [
  { id: 'ORDER_20230803165257496', ...cappuccino, bankChoice: { bankName: 'Siam Commerical Bank' } },
  { id: 'ORDER_20230803165257496-2', ...cappuccino, bankChoice: { category: 'BANK_TRANSFER' } },
  { id: 'ORDER_20230803165257496-3', ...cappuccino, bankChoice: { region: 'TH' } },
];

/** One of many, for those who want to pay more than once. */
export const nthOrder = (run, n) => ({
  id: `COFFEE-${run}-${n}`,
  ...cappuccino,
  bankChoice: { bankName: 'Siam Commerical Bank' },
});
