/** Everything that can be known without running the product: manifests, form, lint, types, boundaries. */
import { join } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';
import { runStep } from '../bootstrap/run-step.mjs';
import { checkDefects } from '../planted-defects/runner/defects.mjs';
import { checkCalendarDates } from './calendar-dates.mjs';
import { checkManifests } from './manifests.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);
const steps = [
  ['manifests', checkManifests],
  ['calendar dates', checkCalendarDates],
  ['planted defects', checkDefects],
  ['their anchors', () => runStep('their anchors', process.execPath, ['tools/probes/defect-anchors.mjs'])],
  ['format', () => runStep('format', bin('prettier'), ['--check', '--cache', '--log-level=warn', '.'])],
  [
    'lint of the tools',
    () => runStep('lint of the tools', bin('eslint'), ['tools/**/*.mjs', 'tests/**/*.mjs', '*.mjs', '*.cjs']),
  ],
  [
    'boundaries',
    () => runStep('boundaries', bin('depcruise'), ['apps', 'libs', '--config', '.dependency-cruiser.cjs']),
  ],
  ...['boundaries', 'calendar-dates', 'connections'].map((probe) => [
    `planted violations: ${probe}`,
    () => runStep(`planted violations: ${probe}`, process.execPath, [`tools/probes/${probe}.mjs`]),
  ]),
  [
    'lint and types',
    () =>
      runStep('lint and types', bin('nx'), [
        'run-many',
        '-t',
        'typecheck',
        'lint',
        '--outputStyle=static',
        '--nxBail=false',
      ]),
  ],
];

let failed = 0;
for (const [name, step] of steps) {
  const began = Date.now();
  try {
    await step();
    console.log(`ok      ${name} (${((Date.now() - began) / 1_000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.error(error.message);
    console.log(`FAILED  ${name}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
