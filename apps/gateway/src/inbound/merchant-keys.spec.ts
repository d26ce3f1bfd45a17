import { createHash } from 'node:crypto';
import { merchantOf, parseMerchantKeys } from './merchant-keys.js';

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

describe('a secret key', () => {
  const keys = parseMerchantKeys(`back-office:${hashOf('one')}, till:${hashOf('two').toUpperCase()}`);

  it('is known by its name', () => {
    expect([merchantOf(keys, 'one'), merchantOf(keys, 'two')]).toEqual([{ name: 'back-office' }, { name: 'till' }]);
  });

  it.each(['', 'One', 'one ', 'three', hashOf('one')])('is not %j', (secret) => {
    expect(merchantOf(keys, secret)).toBeUndefined();
  });

  it.each([
    ['back-office', 'number 1 is not'],
    [`till:${hashOf('one')},:${hashOf('two')}`, 'number 2 is not'],
    [`till:${hashOf('one').slice(1)}`, 'number 1 is not'],
    [`till:${hashOf('one')},till:${hashOf('two')}`, 'must name each key once'],
    [`till:${hashOf('one')},shop:${hashOf('one')}`, 'must not name a key twice'],
  ])('cannot be configured as %s', (text, complaint) => {
    expect(() => parseMerchantKeys(text)).toThrow(complaint);
    expect(() => parseMerchantKeys(text)).not.toThrow(hashOf('one'));
  });
});
