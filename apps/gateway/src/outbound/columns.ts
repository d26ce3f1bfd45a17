/** Money as the domain knows it: an amount may be larger than a number can hold. */
export const moneyIn = (column: string, name: string): string =>
  `case when ${column}_value is not null
     then json_build_object('value', ${column}_value::text, 'currency', ${column}_currency) end as ${name}`;

export const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
