import { resultOf, stintOf } from '../testing/stints.js';
import { plotPage } from './page.js';
import { performancePage } from './performance-page.js';
import { profilePage } from './profile-page.js';

const floor = stintOf('floor', { p50: 10, p99: 40, knee: 300 });
const usualWay = stintOf('usual-way', { p50: 100, p99: 170, knee: 80 });
const before = resultOf([
  floor,
  usualWay,
  stintOf('kasir', { p50: 200, p99: 400, knee: 20, commits: 49, offsetRecords: 16 }),
]);
const now = resultOf([
  floor,
  usualWay,
  stintOf('kasir', { p50: 45, p99: 240, knee: 40, commits: 28, offsetRecords: 4 }),
]);
const rowOf = (page: string, figure: string) => page.split('\n').find((line) => line.startsWith(`| ${figure}`));

describe('docs/performance.md', () => {
  it('shows version 1, now, what is required and whether it is met', () => {
    const page = performancePage({ before, now });
    expect(rowOf(page, 'knee')).toBe(
      "| knee, of the floor's / of the usual way's | 0.07 / 0.25 | 0.13 / 0.5 | ≥ 0.10 / ≥ 0.4 | yes |",
    );
    expect(rowOf(page, 'commits /')).toBe(
      '| commits / offset records per payment at 20/s | 49 / 16 | 28 / 4 | ≤ 30 / ≤ 5 | yes |',
    );
  });

  it('shows a missed figure as missed, also where only one of two is', () => {
    expect(rowOf(performancePage({ before, now }), 'e2e')).toBe(
      "| e2e p50 / p99 at 20/s, of the floor's | 20 × / 10 × | 4.5 × / 6 × | ≤ 5 × / ≤ 5 × | **no** |",
    );
  });

  it('leaves open what was not measured', () => {
    expect(rowOf(performancePage({ now }), 'commits/s at rest')).toBe(
      "| commits/s at rest, without the subscriber's database | – | – | ≤ 5 |  |",
    );
    expect(performancePage({})).toContain('# Performance');
  });

  it('says that a run is void', () => {
    const page = performancePage({ now: { ...now, void: ['others used 20 % of the CPU'] } });
    expect(page).toContain('**This run is void**: others used 20 % of the CPU.');
  });
});

describe('a page of plots', () => {
  it('needs nothing from elsewhere and stays below 400 kB', () => {
    const page = plotPage(now);
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)=/);
    expect(page.length).toBeLessThan(400_000);
    expect(page).toContain('uPlot');
  });

  it('writes no words of a result as markup', () => {
    const page = plotPage(resultOf([floor], { command: '</script><script>alert(1)' }));
    expect(page).not.toContain('<script>alert');
  });
});

describe('a page of a profile', () => {
  it('holds the frames and the statements by text, per payment', () => {
    const frames = { name: '(root)', value: 10, children: [] };
    const statements = [{ text: 'select a < b', calls: 2_400, milliseconds: 240 }];
    const page = profilePage({ service: 'order', frames, statements, payments: 1_200 });
    expect(page).toContain('<td>2.00</td><td>100</td><td>0.200</td><td><code>select a &lt; b</code></td>');
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)=/);
  });
});
