import { isDeepStrictEqual } from 'node:util';

let passed = 0;

/** @throws where what was found is not what was wanted */
export function expectSame(sentence, found, wanted) {
  if (!isDeepStrictEqual(found, wanted))
    throw new Error(`${sentence}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
  tell(sentence);
}

export function expectTrue(sentence, fact, found) {
  if (!fact) throw new Error(`${sentence}: not so${found === undefined ? '' : `, but ${JSON.stringify(found)}`}`);
  tell(sentence);
}

export const expectations = () => passed;

function tell(sentence) {
  passed += 1;
  console.log(`  ok  ${sentence}`);
}
