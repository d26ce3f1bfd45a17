import { admit, type Breaker, closedBreaker, learn } from './breaker.js';

const limits = { faults: 3, pauseMs: 1_000, longestPauseMs: 3_000 };
const fault = { probe: false, fault: true };
const fine = { probe: false, fault: false };
const after = (outcomes: readonly (typeof fault)[], from: Breaker = closedBreaker, now = 0): Breaker =>
  outcomes.reduce((breaker, outcome) => learn(breaker, outcome, now, limits), from);
const opened = after([fault, fault, fault]);

/** The breaker after its pause, with the probe under way. */
function probing(breaker: Breaker, now: number): Breaker {
  const admission = admit(breaker, now);
  if (admission.kind !== 'go' || !admission.probe) throw new Error('no probe was let through');
  return admission.breaker;
}

describe('the circuit breaker before Antom', () => {
  it('lets calls through while Antom answers', () => {
    expect(admit(after([fine, fine]), 0)).toMatchObject({ kind: 'go', probe: false });
  });

  it('opens after so many faults in a row', () => {
    expect(after([fault, fault]).kind).toBe('closed');
    expect(opened.kind).toBe('open');
  });

  it('counts anew after every answer', () => {
    expect(after([fault, fault, fine, fault, fault]).kind).toBe('closed');
  });

  it('refuses while it is open, and says how long', () => {
    expect(admit(opened, 400)).toEqual({ kind: 'refused', retryAfterMs: 600 });
    expect(admit(opened, 999)).toEqual({ kind: 'refused', retryAfterMs: 1 });
  });

  it('lets one call through after the pause, and no second one beside it', () => {
    const halfOpen = probing(opened, 1_000);
    expect(halfOpen.kind).toBe('half-open');
    expect(admit(halfOpen, 1_000)).toMatchObject({ kind: 'refused' });
  });

  it('closes when that call is answered', () => {
    expect(learn(probing(opened, 1_000), { probe: true, fault: false }, 1_500, limits)).toEqual(closedBreaker);
  });

  it('stays open twice as long each time that call fails, up to a limit', () => {
    let breaker = opened;
    const pauses: number[] = [];
    let now = 1_000;
    for (let round = 0; round < 3; round += 1) {
      breaker = learn(probing(breaker, now), { probe: true, fault: true }, now, limits);
      if (breaker.kind !== 'open') throw new Error('it is not open');
      pauses.push(breaker.until - now);
      now = breaker.until;
    }
    expect(pauses).toEqual([2_000, 3_000, 3_000]);
  });

  it('starts with the short pause again after it was closed', () => {
    const again = after([fault, fault, fault], closedBreaker, 50_000);
    expect(admit(again, 50_000)).toEqual({ kind: 'refused', retryAfterMs: 1_000 });
  });

  it.each([
    ['a late answer', fine],
    ['a late fault', fault],
  ])('is not moved by %s to a call of before', (_, late) => {
    expect(learn(opened, late, 500, limits)).toBe(opened);
    const halfOpen = probing(opened, 1_000);
    expect(learn(halfOpen, late, 1_100, limits)).toBe(halfOpen);
  });
});
