/** The long drills. Names choose some of them; all of them write docs/proof/messaging-drills.json. */
import { cpus, totalmem } from 'node:os';
import { cutCommits } from './dist/cut-commits.js';
import * as interruptions from './dist/interruptions.js';
import { poison } from './dist/poison.js';
import { comeAndGo, killMember } from './dist/rebalances.js';
import { openServers } from './dist/servers.js';
import { writeProof } from '../proof.mjs';
import { tellCounts } from '../test-long/tell-counts.mjs';

const { interrupt, restartBroker, killBroker, freezeBroker, stopBroker, restartDatabase, killDatabase } = interruptions;
const recoversIn = (result) => (result.recoveryMs <= 3_000 ? [] : [`it recovered after ${result.recoveryMs} ms`]);
const interrupted = (interruption) => ({ run: (servers) => interrupt(servers, interruption, 50), more: recoversIn });

/** `more` complains about what is particular to a drill. */
const drills = {
  'broker-restarted': interrupted(restartBroker),
  'broker-killed': interrupted(killBroker),
  'broker-frozen-20s': interrupted(freezeBroker(20_000)),
  'broker-away-30s': interrupted(stopBroker(30_000)),
  'database-restarted': interrupted(restartDatabase),
  'database-killed': interrupted(killDatabase),
  'commits-cut': {
    run: (servers) => cutCommits(servers, { perSecond: 200, seconds: 30, everyNth: 11 }),
    more: ({ cutBefore, cutAfter }) => (Math.min(cutBefore, cutAfter) > 50 ? [] : ['too few commits were cut']),
  },
  poison: {
    run: poison,
    more: ({ slowestSuccessorMs: ms }) => (ms <= 5_000 ? [] : [`what came behind a poison waited ${ms} ms`]),
  },
  'five-members-come-and-go': {
    run: (servers) => comeAndGo(servers, { perSecond: 3_000, seconds: 60, everyMs: 3_000, most: 5 }),
    more: ({ said }) => (said >= 3_000 * 55 ? [] : [`only ${said} messages were sent`]),
  },
  'member-killed': {
    run: (servers) => killMember(servers, { perSecond: 1_000, sessionTimeoutMs: 10_000 }),
    more: ({ takeoverMs, sessionTimeoutMs }) =>
      takeoverMs <= sessionTimeoutMs + 2_000 ? [] : [`its partitions moved after ${takeoverMs} ms`],
  },
};

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in drills));
if (unknown !== undefined) {
  console.error(`${unknown} is no drill; there are ${Object.keys(drills).join(', ')}`);
  process.exit(1);
}

const complaintsAbout = ({ lost, doubled, outOfOrder, deadLetters }) =>
  Object.entries({ lost, doubled, outOfOrder, deadLetters })
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${what}: ${count}`);

const names = chosen.length === 0 ? Object.keys(drills) : chosen;
const began = Date.now();
const servers = await openServers();
const { kafka, postgres } = servers;
console.log(`${kafka.describe}; ${postgres.describe}`);
const results = {};
let faults = 0;
try {
  for (const [index, name] of names.entries()) {
    const { run, more = () => [] } = drills[name];
    console.log(`${index + 1}/${names.length} ${name} …`);
    const startedAt = Date.now();
    const result = await run(servers);
    const complaints = [...complaintsAbout(result), ...more(result)];
    faults += complaints.length;
    results[name] = { seconds: Math.round((Date.now() - startedAt) / 1_000), ...result, complaints };
    console.log(`    ${complaints.length === 0 ? 'ok' : `FAILED ${complaints.join('; ')}`} ${JSON.stringify(result)}`);
  }
} catch (error) {
  faults += 1;
  console.error(error);
} finally {
  await servers.close();
}
const passed = Object.values(results).filter(({ complaints }) => complaints.length === 0).length;
tellCounts({ passed, failed: names.length - passed });
if (chosen.length === 0 && Object.keys(results).length === names.length)
  await writeProof('messaging-drills', 'npm run drills', {
    seconds: Math.round((Date.now() - began) / 1_000),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    kafka: kafka.version,
    postgres: postgres.version,
    faults,
    drills: results,
  });
console.log(faults === 0 ? 'nothing was lost, doubled or turned round' : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
