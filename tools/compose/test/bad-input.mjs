import { expectTrue } from './expect.mjs';
import { close, listen } from './free-ports.mjs';

/** What a person sees who has set something wrong: the one line, by what was wrong. */
export async function tryBadInput(deployment) {
  const broker = 'nobody.invalid:9092';
  return {
    'a wrong broker address': await complaint('prepare', broker, () =>
      deployment.run('prepare', { env: { KAFKA_BROKERS: broker } }),
    ),
    'a missing secret': await complaint('payment-session', 'SESSION_DATA_KEY_FILE', () =>
      deployment.run('payment-session', { env: { SESSION_DATA_KEY_FILE: '/run/secrets/nothing' } }),
    ),
    'a lost half of a key pair': await lostKey(deployment),
    'a taken port': await takenPort(deployment),
  };
}

async function lostKey(deployment) {
  const file = '/var/lib/kasir/secrets/antom-simulator/merchant-public-key.pem';
  const move = (from, to) => deployment.run('keys', { command: ['sh', '-c', `mv ${from} ${to}`] });
  await move(file, `${file}.away`);
  const line = await complaint('keys', 'merchant-public-key.pem', () => deployment.run('keys'));
  await move(`${file}.away`, file);
  return line;
}

async function takenPort(deployment) {
  const stranger = await listen();
  const { port } = stranger.address();
  const env = { GATEWAY_PORT: String(port) };
  try {
    const up = () => deployment.compose(['up', '-d', '--no-build', '--no-deps', 'gateway'], { env });
    return await complaint('the engine', `:${port}`, up);
  } finally {
    await close(stranger);
  }
}

/** The line in which somebody names what is wrong. @throws where it is accepted, or not named in exactly one line */
async function complaint(who, what, attempt) {
  const output = await attempt().then(
    () => undefined,
    (error) => error.output ?? error.message,
  );
  const lines = (output ?? '').split('\n').filter((line) => line.includes(what));
  expectTrue(`${who} names what is wrong in one line: ${what}`, lines.length === 1, output);
  return lines[0].trim().replaceAll(/\s+/g, ' ');
}
