import { type Money } from '@kasir/kernel';

export interface AmountColumns {
  amount_value: string;
  amount_currency: string;
}

export const moneyOf = ({ amount_value: value, amount_currency: currency }: AmountColumns): Money => ({
  value,
  currency,
});
