import { type SettlementCurrencies } from '../create-payment-session/wish.js';

/**
 * Reads pairs such as `THB:USD,IDR:SGD`: what shoppers pay, and what Antom pays out for it.
 * @throws RangeError
 */
export function parseSettlementCurrencies(text: string): SettlementCurrencies {
  const pairs = text.split(',').map((pair) => pair.trim());
  const wrong = pairs.find((pair) => !/^[A-Z]{3}:[A-Z]{3}$/.test(pair));
  if (wrong !== undefined) throw new RangeError('must be pairs of ISO 4217 codes such as THB:USD, separated by commas');
  const currencies = Object.fromEntries(pairs.map((pair) => pair.split(':') as [string, string]));
  if (Object.keys(currencies).length < pairs.length) throw new RangeError('must name each payment currency once');
  return currencies;
}
