import { eventLoopIn } from './event-loop.js';
import { moreRequests, withoutOwn } from './requests.js';

describe('a reading', () => {
  it('takes the p99 of the event-loop delay from a service’s metrics, in milliseconds', () => {
    const metrics =
      'nodejs_eventloop_lag_p90_seconds{service="order"} 0.011\nnodejs_eventloop_lag_p99_seconds{service="order"} 0.0123\n';
    expect(eventLoopIn(metrics)).toBe(12.3);
    expect(eventLoopIn('nodejs_eventloop_lag_p99_seconds 0.002\n')).toBe(2);
    expect(eventLoopIn('up 1\n')).toBeUndefined();
  });

  it('counts only kinds of requests that came', () => {
    expect(moreRequests({ Fetch: 5, Produce: 2 }, { Fetch: 9, Produce: 2, OffsetCommit: 3 })).toEqual({
      Fetch: 4,
      OffsetCommit: 3,
    });
  });

  it('leaves out what the broker asks itself and what the bench asks', () => {
    const all = { Fetch: 20, FetchConsumer: 20, BrokerHeartbeat: 9, ListOffsets: 4 };
    expect(withoutOwn(all, [{ Fetch: 3 }, { ListOffsets: 4, Metadata: 1 }])).toEqual({ Fetch: 17, ListOffsets: 0 });
  });
});
