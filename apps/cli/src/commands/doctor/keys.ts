import { createPublicKey, type KeyObject } from 'node:crypto';
import { type NamedKey, parsePrivateKey, parsePublicKey, parsePublicKeys, UnusableKey } from '@kasir/antom';
import { UsageError } from '../../command.js';
import { readText } from '../../files.js';

/** Keys out of one text, named after where they come from. @throws UsageError */
export const keysIn = (text: string, name: string): NamedKey[] =>
  usable(name, () =>
    parsePublicKeys(text).map((key, at, { length }) => ({ name: length === 1 ? name : `${name} #${at + 1}`, key })),
  );

/** `production=antom-production.pem`: a key with the name by which it is to be called. @throws UsageError */
export function namedKey(text: string): NamedKey {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  return { name, key: usable(name, () => parsePublicKey(readText(text.slice(at + 1)))) };
}

/** The public half of our own key, whichever half the file has. @throws UsageError */
export function ownPublicKey(file: string): KeyObject {
  const text = readText(file);
  return usable(file, () => (text.includes('PUBLIC') ? parsePublicKey(text) : publicHalf(text)));
}

function publicHalf(text: string): KeyObject {
  try {
    return createPublicKey(parsePrivateKey(text));
  } catch {
    return parsePublicKey(text);
  }
}

function usable<Key>(name: string, read: () => Key): Key {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnusableKey) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}
