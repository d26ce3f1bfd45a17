import { CsvProblem } from './csv.js';
import { type Layout, layouts } from './layouts.js';
import { readSettlement } from './settlement-file.js';

const head = 'kind,orderId,paymentSessionId,paymentId,refundRequestId,amount,currency,inquiry';
const ownFile = (...rows: string[]) => [head, ...rows, ''].join('\n');
const problemIn = (text: string, layout: Layout = layouts.kasir) => {
  try {
    readSettlement(text, layout);
  } catch (error) {
    if (error instanceof CsvProblem) return error.message;
    throw error;
  }
  return undefined;
};

describe('a settlement file', () => {
  it('in our own layout names payments and refunds, with the line of each', () => {
    const text = ownFile('payment,O-1,ps_1,pay-1,,16000,THB,SUCCESS', 'refund,,ps_1,pay-1,rf_1,6000,THB,');
    expect(readSettlement(text, layouts.kasir)).toEqual({
      skipped: 0,
      rows: [
        {
          line: 2,
          kind: 'payment',
          orderId: 'O-1',
          paymentSessionId: 'ps_1',
          paymentId: 'pay-1',
          amount: { value: '16000', currency: 'THB' },
          inquiry: 'SUCCESS',
        },
        {
          line: 3,
          kind: 'refund',
          paymentSessionId: 'ps_1',
          paymentId: 'pay-1',
          refundRequestId: 'rf_1',
          amount: { value: '6000', currency: 'THB' },
        },
      ],
    });
  });

  it('may order its columns as it likes, have more of them, and leave out what nobody needs', () => {
    const text =
      'paymentId,fee,kind,currency,amount,paymentSessionId,refundRequestId\npay-1,3,payment,THB,16000,ps_1,\n';
    expect(readSettlement(text, layouts.kasir).rows).toEqual([
      {
        line: 2,
        kind: 'payment',
        paymentSessionId: 'ps_1',
        paymentId: 'pay-1',
        amount: { value: '16000', currency: 'THB' },
      },
    ]);
  });

  it.each([
    ['an amount with a point', 'payment,,ps_1,pay-1,,160.00,THB,', 'line 2, column 6: amount must be minor units'],
    ['a negative amount', 'payment,,ps_1,pay-1,,-160,THB,', 'line 2, column 6: amount must be minor units'],
    ['no payment session', 'payment,,,pay-1,,160,THB,', 'line 2, column 3: paymentSessionId must be'],
    ['a refund without its id', 'refund,,ps_1,pay-1,,160,THB,', 'line 2, column 5: refundRequestId must be'],
    ['a currency in lower case', 'payment,,ps_1,pay-1,,160,thb,', 'line 2, column 7: currency must be an ISO 4217'],
    [
      'a field too few',
      'payment,,ps_1,pay-1,,160,THB',
      'line 2, column 8: there are 7 fields, and the first line names 8',
    ],
    ['a field too many', 'payment,,ps_1,pay-1,,160,THB,,', 'line 2, column 9: there are 9 fields'],
    ['a kind that nobody knows', 'gift,,ps_1,pay-1,,160,THB,', 'line 2, column 1: "gift" is no kind of row'],
    ['an empty line', '', 'line 2, column 2: there are 1 fields'],
    ['a stray quote', 'payment,,p"s,pay-1,,160,THB,', 'line 2, column 3: a quote in a field'],
  ])('with %s is refused as a whole, and the line and the column are named', (_, row, message) => {
    expect(problemIn(ownFile(row, 'payment,,ps_2,pay-2,,160,THB,'))).toContain(message);
  });

  it('that names a payment twice is refused, and both lines are named', () => {
    const row = 'payment,,ps_1,pay-1,,160,THB,';
    expect(problemIn(ownFile(row, row))).toBe('line 3, column 1: the payment pay-1 stands in line 2 already');
  });

  it.each([
    ['nothing in it', '', 'line 1, column 1: the file is empty'],
    ['a column missing', 'kind,paymentSessionId\n', 'there is no column paymentId'],
    ['two columns of one name', `${head},kind\n`, 'line 1, column 1: two columns have the same name'],
  ])('with %s is refused', (_, text, message) => {
    expect(problemIn(text)).toContain(message);
  });

  const ofAntom = [
    'settlementBatchId,transactionId,originalTransactionId,transactionRequestId,originalTransactionRequestId,transactionType,transactionAmountValue,transactionCurrency',
    'B1,pay-1,,ps_1,,PAYMENT,16000,THB',
    'B1,ref-1,pay-1,rf_1,ps_1,REFUND,6000,THB',
    'B1,pay-2,,ps_2,,CANCEL,16000,THB',
  ];

  it("in Antom's layout keeps a refund's payment in other columns, and has rows that are not ours to compare", () => {
    const { rows, skipped } = readSettlement([...ofAntom, '<END>', ''].join('\n'), layouts.antom);
    expect(skipped).toBe(1);
    expect(rows).toMatchObject([
      { kind: 'payment', paymentSessionId: 'ps_1', paymentId: 'pay-1', amount: { value: '16000', currency: 'THB' } },
      { kind: 'refund', paymentSessionId: 'ps_1', paymentId: 'pay-1', refundRequestId: 'rf_1' },
    ]);
    expect(layouts.antom.verified).toBe(false);
  });

  it("in Antom's layout was cut off where its last line is missing", () => {
    expect(problemIn(ofAntom.join('\n'), layouts.antom)).toContain('line 4, column 1: the last line is not <END>');
  });
});
