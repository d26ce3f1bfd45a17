import { childTraceparent, newTraceparent, traceIdOf } from './traceparent.js';

const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('a traceparent', () => {
  it('begins a trace that nobody else has', () => {
    expect(newTraceparent()).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    expect(traceIdOf(newTraceparent())).not.toBe(traceIdOf(newTraceparent()));
  });

  it('goes on in the trace of its parent, as a step of its own', () => {
    const child = childTraceparent(parent);
    expect(traceIdOf(child)).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(child).not.toBe(parent);
    expect(child).toMatch(/-01$/);
    expect(childTraceparent(parent.replace(/01$/, '00'))).toMatch(/-00$/);
  });

  it('of a later version is understood', () => {
    expect(traceIdOf(`cc${parent.slice(2)}-what-comes-later`)).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['of the forbidden version', `ff${parent.slice(2)}`],
    ['of a zero trace', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['of a zero step', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
    ['in capitals', parent.toUpperCase()],
    ['too long for its version', `${parent}-more`],
  ])('that is %s begins a new trace', (_, text) => {
    expect(traceIdOf(text)).toBeUndefined();
    expect(childTraceparent(text)).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    expect(childTraceparent(text)).not.toContain('4bf92f3577b34da6a3ce929d0e0e4736');
  });
});
