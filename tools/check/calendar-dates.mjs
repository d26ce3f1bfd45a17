import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';

/** What was past when this check was made stays past; a later date is still to come for some run of the tests. */
const lastPastDay = '2026-11-24';

/** Why a test may name a day that is still to come. */
const allowed = {
  'apps/order/src/application/any-order.spec.ts': 'use cases on ports in memory, which compare no time with a clock',
};

const tested = [
  '{apps,libs,tests,tools}/**/*.{spec,specs}.ts',
  'libs/testing/src/**/*.ts',
  'tools/{drills,museum,simulate,stories}/src/**/*.ts',
  'tools/{bench,fuzz,start}/**/*.mjs',
];
const isoDay = /\b(20[2-9]\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)/g;
const dayInNumbers = /\b(?:Date\.UTC|new Date)\(\s*(20[2-9]\d)\s*,\s*(\d+)(?:\s*,\s*(\d+))?/g;

/** @throws where a test names a day that the real clock will pass, or a file is allowed to and does not */
export function checkCalendarDates() {
  const complaints = [...calendarDates(root, allowed), ...staleReasons()];
  if (complaints.length === 0) return;
  const advice = 'Take times from an injected clock or from inDays(), or give the file a reason in tools/check.';
  throw new Error([...complaints.map((complaint) => `  ${complaint}`), advice].join('\n'));
}

/** One complaint for each day still to come that a test below `folder` names, `exceptions` aside. */
export const calendarDates = (folder, exceptions = {}) =>
  testsIn(folder)
    .filter((file) => !(file in exceptions))
    .flatMap((file) => daysToComeIn(join(folder, file)).map(({ line, day }) => `${file}:${line} names ${day}`));

const staleReasons = () =>
  Object.keys(allowed)
    .filter((file) => !testsIn(root).includes(file) || daysToComeIn(join(root, file)).length === 0)
    .map((file) => `${file} has a reason to name days to come, and names none`);

const testsIn = (folder) => [
  ...new Set(globSync(tested, { cwd: folder, exclude: (name) => name === 'node_modules' || name === 'dist' })),
];

const daysToComeIn = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, index) =>
      daysIn(text)
        .filter((day) => day > lastPastDay)
        .map((day) => ({ line: index + 1, day })),
    );

const two = (number) => String(number).padStart(2, '0');
const daysIn = (text) => [
  ...[...text.matchAll(isoDay)].map(([, day]) => day),
  ...[...text.matchAll(dayInNumbers)].map(
    ([, year, month, day = '1']) => `${year}-${two(Number(month) + 1)}-${two(day)}`,
  ),
];
