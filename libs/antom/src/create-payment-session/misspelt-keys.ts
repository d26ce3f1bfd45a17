/** How Antom's guides spell keys wrongly, and what its SDKs spell instead. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['paymentMethodCaregory', 'paymentMethodCategory'],
  ['paymentMethod Gregory', 'paymentMethodCategory'],
  ['paymentMethodGregory', 'paymentMethodCategory'],
]);

const expected =
  'must name exactly one bankName, paymentMethodCategory or paymentMethodRegion, with a value that Antom knows';

/** What is wrong with a choice of bank in Antom's words. Somebody who followed Antom's guide to the letter is told so. */
export function metaDataProblem(metaData: unknown): string {
  const misspelt = Object.keys(Object(metaData)).find((key) => spellings.has(key));
  return misspelt === undefined
    ? expected
    : `has the key "${misspelt}", which Antom's guide misspells: write ${spellings.get(misspelt)}`;
}
