/** Runs the Java side against a simulator of its own, and reads what it checked. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '@kasir/antom-sim';
import { startTlsFront } from './tls-front.mjs';

const clientId = 'SANDBOX_5X00000000000000';
const patienceMs = 120_000;
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const bare = (key, type) => key.export({ format: 'der', type }).toString('base64');

/** @returns `{ checks, said, code }` */
export async function runJava(classPath) {
  const [merchant, antom, stranger] = [rsa(), rsa(), rsa()];
  const folder = mkdtempSync(join(tmpdir(), 'kasir-interop-'));
  const simulator = await startSimulator({
    clientId,
    merchantPublicKey: merchant.publicKey,
    antomPrivateKey: antom.privateKey,
    refundTakesMs: 200,
  });
  const front = await startTlsFront(folder, simulator.url);
  try {
    return await java([...front.trust, '-cp', classPath], {
      ANTOM_URL: front.url,
      CONTROL_URL: simulator.url,
      CLIENT_ID: clientId,
      MERCHANT_PRIVATE_KEY: bare(merchant.privateKey, 'pkcs8'),
      ANTOM_PUBLIC_KEY: bare(antom.publicKey, 'spki'),
      STRANGER_PRIVATE_KEY: bare(stranger.privateKey, 'pkcs8'),
      STRANGER_PUBLIC_KEY: bare(stranger.publicKey, 'spki'),
    });
  } finally {
    await Promise.all([front.stop(), simulator.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

function java(options, settings) {
  const child = spawn('java', [...options, 'kasir.interop.Interop'], {
    env: { ...process.env, ...settings },
    timeout: patienceMs,
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`Java cannot be started (${error.message})`)));
    child.on('close', (code) => {
      const text = Buffer.concat(said).toString('utf8');
      resolve({ code, said: text, checks: checksIn(text) });
    });
  });
}

const checksIn = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('CHECK\t'))
    .map((line) => line.split('\t'))
    .map(([, verdict, group, name, detail]) => ({ group, name, ok: verdict === 'ok', detail }));
