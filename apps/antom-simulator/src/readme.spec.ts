import { readFileSync } from 'node:fs';
import { faultTable, knownScenarios, scenarioTable } from '@kasir/antom-sim';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** What tests of payment systems need, by the names that other simulators have for it. */
const needed = [
  ...['success', 'fail', 'user_cancel', 'pending_then_success', 'pending_then_fail', 'never_paid'],
  ...['lost_notify', 'duplicate_notify', 'late_notify', 'out_of_order', 'notify_before_response'],
  ...['bad_signature', 'wrong_amount', 'unknown_payment', 'other_client_id', 'notify_after_merchant_500'],
  ...['session_U', 'session_timeout', 'http_500', 'rate_limited', 'malformed_json', 'unsigned'],
  ...['inquiry_not_found_then_found', 'inquiry_stale', 'cancel_too_late', 'double_success'],
  ...['app_not_installed', 'no_return', 'return_in_other_browser', 'closed_popup'],
];

describe('the table of scenarios in the README', () => {
  it('is what the simulator prints today: node apps/antom-simulator/dist/main.js --scenarios', () => {
    const [, table] = /<!-- scenarios: begin -->\n\n([\s\S]*?)\n\n<!-- scenarios: end -->/.exec(readme) ?? [];
    expect(table).toBe(scenarioTable());
  });

  it('has all that tests of payment systems need', () => {
    expect(knownScenarios().map(({ scenario }) => scenario)).toEqual(expect.arrayContaining(needed));
  });

  it('says what a rule may add to a scenario', () => {
    const takes = Object.fromEntries(knownScenarios().map(({ scenario, takes }) => [scenario, takes]));
    expect(takes).toMatchObject({ success: [], pending_then_fail: ['afterMs', 'code'], lost_notify: ['deliveries'] });
  });
});

/** What tests of calls over a network need. */
const neededFaults = [
  ...['unavailable', 'error', 'rate limited', 'unknown', 'reject', 'hang', 'reset', 'delay', 'slow body'],
  ...['malformed', 'unsigned', 'bad signature', 'clock skew'],
];

describe('the table of faults in the README', () => {
  const [, table] = /<!-- faults: begin -->\n\n([\s\S]*?)\n\n<!-- faults: end -->/.exec(readme) ?? [];

  it('is what the simulator prints today: node apps/antom-simulator/dist/main.js --faults', () => {
    expect(table).toBe(faultTable());
  });

  it.each(neededFaults)('has the fault "%s"', (fault) => {
    expect(table).toContain(`| \`${fault}\` |`);
  });
});
