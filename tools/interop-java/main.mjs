/**
 * Antom's official Java SDK, as it is, against the simulator. `--sdk <version>` takes another version of it.
 * Writes docs/proof/interop.json.
 */
import { parseArgs } from 'node:util';
import { writeProof } from '../proof.mjs';
import { tellCounts } from '../test-long/tell-counts.mjs';
import { buildJava, sdkVersions } from './build.mjs';
import { runJava } from './run.mjs';

/** Without these nothing is proven, whatever else went well. */
const needed = [
  ...['createPaymentSession', 'inquiryPayment', 'cancel', 'refund', 'inquiryRefund', 'consult', 'signatures'],
  ...['webhook: paid', 'webhook: refused', 'webhook: refunded', 'webhook: refunded later'],
];

const { values } = parseArgs({ options: { sdk: { type: 'string' } } });
const { classPath, sdk } = buildJava(values.sdk === undefined ? sdkVersions : [values.sdk]);
console.log(`Antom's Java SDK ${sdk.version} against the simulator`);
const { checks, said, code } = await runJava(classPath);

const failed = checks.filter(({ ok }) => !ok);
const missing = needed.filter((group) => !checks.some((check) => check.group === group));
for (const group of new Set(checks.map((check) => check.group))) {
  const own = checks.filter((check) => check.group === group);
  console.log(`  ${own.filter(({ ok }) => ok).length} of ${own.length}  ${group}`);
}
for (const { group, name, detail } of failed) console.error(`FAILED  ${group}: ${name}: ${detail}`);
for (const group of missing) console.error(`MISSING  ${group}`);
tellCounts({ passed: checks.length - failed.length, failed: failed.length + missing.length });
const good = code === 0 && failed.length === 0 && missing.length === 0;
if (!good) console.error(said.replaceAll(/^CHECK.*\n/gm, ''));
if (good) {
  console.log(`${checks.length} checks, all good`);
  await writeProof('interop', 'npm run test:interop', {
    sdk: { artifact: 'com.alipay.global.sdk:global-open-sdk-java', wanted: sdkVersions[0], ...sdk },
    checks: checks.length,
    passed: checks.length - failed.length,
    groups: Object.fromEntries(
      needed.map((group) => [group, checks.filter((check) => check.group === group).map(({ name }) => name)]),
    ),
  });
}
process.exit(good ? 0 : 1);
