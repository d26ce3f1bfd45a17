import { booksProblems, countsOf } from './books.js';

const books = (created: string[], paid: string[], charged: string[]) =>
  booksProblems({ created: new Set(created), paid: countsOf(paid), charged: countsOf(charged) });

describe('the books', () => {
  it('agree where every payment that was created is paid and charged once', () => {
    expect(books(['a', 'b'], ['b', 'a'], ['a', 'b'])).toEqual([]);
  });

  it('name a payment that is missing from OrderPaid', () => {
    expect(books(['a', 'b'], ['a'], ['a', 'b'])).toEqual([
      '1 charged and not paid, such as b',
      '1 created and not paid, such as b',
    ]);
  });

  it('name an order that was paid or charged twice', () => {
    expect(books(['a'], ['a', 'a'], ['a'])).toEqual(['1 paid twice, such as a']);
    expect(books(['a'], ['a'], ['a', 'a'])).toEqual(['1 charged twice, such as a']);
  });

  it('name money that came from nowhere', () => {
    expect(books([], ['a'], ['a'])).toEqual(['1 paid and never created, such as a']);
    expect(books(['a'], ['a'], [])).toEqual(['1 paid and not charged, such as a']);
  });
});
