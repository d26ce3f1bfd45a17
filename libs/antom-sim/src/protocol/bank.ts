import { isObject } from './field-rules.js';

const values: Readonly<Record<string, readonly string[] | undefined>> = {
  bankName: undefined,
  paymentMethodCategory: ['BANK_TRANSFER', 'MOBILE_BANKING_APP', 'ONLINE_BANKING'],
  paymentMethodRegion: ['TH', 'ID'],
};

/** Reads the choice of bank, which comes as JSON in a string or as an object. A text says what is wrong with it. */
export function readBank(metaData: unknown): Readonly<Record<string, string>> | string {
  const bank = typeof metaData === 'string' ? parse(metaData) : metaData;
  if (!isObject(bank)) return 'must be a JSON object';
  const [key, ...more] = Object.keys(bank);
  if (key === undefined || more.length > 0 || !Object.hasOwn(values, key))
    return `must have exactly one of ${Object.keys(values).join(', ')}`;
  const value = bank[key];
  if (typeof value !== 'string' || value === '') return `${key} must be a text`;
  const known = values[key];
  if (known !== undefined && !known.includes(value)) return `${key} must be one of ${known.join(', ')}`;
  return { [key]: value };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
