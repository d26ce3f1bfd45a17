import { columns } from './columns.js';

describe('the columns of several things', () => {
  const coffees = [
    { name: 'latte', size: 'tall' },
    { name: 'cappuccino', size: undefined },
  ];

  it('hold a cell of each, in their order', () => {
    expect(columns(coffees, ({ name, size }) => [name, size])).toEqual([
      ['latte', 'cappuccino'],
      ['tall', undefined],
    ]);
  });
});
