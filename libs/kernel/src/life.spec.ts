import { follow, type Life } from './life.js';

type Status = 'open' | 'paid' | 'closed';
const life: Life<'pay' | 'close', Status> = {
  pay: { from: ['open'], to: 'paid' },
  close: { from: ['open'], to: 'closed' },
};
const thing = (status: Status) => ({ status, note: 'kept' });

describe('a step in a life', () => {
  it('moves along an arrow and keeps everything else', () => {
    expect(follow(life, 'pay', thing('open'))).toEqual({ kind: 'moved', thing: { status: 'paid', note: 'kept' } });
  });
  it('is a repeat when the thing is already there', () => {
    expect(follow(life, 'pay', thing('paid'))).toEqual({ kind: 'repeated', thing: thing('paid') });
  });
  it('is refused with its reason where no arrow leads', () => {
    expect(follow(life, 'pay', thing('closed'))).toEqual({
      kind: 'refused',
      thing: thing('closed'),
      reason: 'pay is no step from closed',
    });
  });
});
