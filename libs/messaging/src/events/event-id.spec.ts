import { eventId } from './event-id.js';

const cause = { source: 'notification', type: 'PaymentSucceeded', identity: 'ps_1' };

describe('the id of an event', () => {
  it('is a version 8 UUID', () => {
    expect(eventId(cause)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  it('is the same whenever the same thing is said again', () => {
    expect(eventId({ ...cause })).toBe(eventId(cause));
  });
  it('stays what it was in every release, or repeats would pass for news', () => {
    expect(eventId(cause)).toBe('251bd286-ebb4-89de-a924-ad2bf75132d2');
  });
  it.each([
    ['another source', { ...cause, source: 'order' }],
    ['another type', { ...cause, type: 'PaymentFailed' }],
    ['another identity', { ...cause, identity: 'ps_2' }],
    ['the same letters cut elsewhere', { ...cause, type: 'PaymentSucceededp', identity: 's_1' }],
  ])('differs for %s', (_, other) => {
    expect(eventId(other)).not.toBe(eventId(cause));
  });
});
