import { returnUrl, returnUrlProblem } from './return-url.js';

describe('where the bank sends the shopper', () => {
  it.each([
    'https://shop.example',
    'https://shop.example:8443/a/b',
    'http://localhost:5173/',
    'http://127.0.0.1/x',
    'http://[::1]:80/',
  ])('may be %s', (url) => expect(returnUrlProblem(url)).toBeUndefined());

  it.each([
    ['shop.example', 'must be a URL'],
    ['http://shop.example/', 'must begin with https'],
    ['http://localhost.evil.example/', 'must begin with https'],
    ['http://127.0.0.1.evil.example/', 'must begin with https'],
    ['coffee://paid', 'must begin with https'],
    ['javascript:alert(1)', 'must begin with https'],
    ['https://user:word@shop.example/', 'must not carry a user'],
    ['https://shop.example/?order=1', 'must have no query'],
    ['https://shop.example/#paid', 'must have no query'],
  ])('may not be %s', (url, why) => expect(returnUrlProblem(url)).toContain(why));

  it('carries the payment session’s id and nothing else', () => {
    expect(returnUrl('https://shop.example/thank-you', 'ps_1')).toBe(
      'https://shop.example/thank-you?paymentSessionId=ps_1',
    );
    expect(returnUrl('https://shop.example', 'a b&c')).toBe('https://shop.example/?paymentSessionId=a+b%26c');
  });
});
