import { docker, linesOf } from './docker.mjs';
import { freePorts } from './free-ports.mjs';

const programs = ['gateway', 'payment-session', 'notification', 'order', 'fulfilment', 'antom-simulator'];

/** What docker-compose.yml describes, under a name, an image and ports of its own. */
export class Deployment {
  static async at(root) {
    const name = `kasir-test-${process.pid}`;
    const [gateway, webhook, simulator] = await freePorts(3);
    return new Deployment(root, name, { gateway, webhook, simulator });
  }

  constructor(root, name, ports) {
    this.root = root;
    this.name = name;
    this.ports = ports;
    this.image = `${name}:latest`;
    this.gatewayUrl = `http://127.0.0.1:${ports.gateway}`;
    this.simulatorUrl = `http://127.0.0.1:${ports.simulator}`;
    this.environment = {
      KASIR_IMAGE: this.image,
      GATEWAY_PORT: String(ports.gateway),
      WEBHOOK_PORT: String(ports.webhook),
      SIMULATOR_PORT: String(ports.simulator),
      PUBLISH_ADDRESS: '127.0.0.1',
      KAFKA_BROKERS: '',
      DATABASE_URL: '',
      TOPIC_PREFIX: '',
      // Antom comes back after two minutes at the earliest; a test has less time.
      RESEND_SCHEDULE_MS: Array(60).fill(1_000).join(),
    };
    this.volumesSeen = new Set();
  }

  compose(args, { env = {}, onLine } = {}) {
    const whole = ['compose', '--ansi=never', '-p', this.name, '-f', `${this.root}/docker-compose.yml`, ...args];
    return docker(whole, { env: { ...this.environment, ...env }, onLine });
  }

  up(...more) {
    return this.compose(['up', '-d', '--wait', '--wait-timeout', '180', '--no-build', ...more]);
  }

  async down(...more) {
    for (const { Mounts } of await this.inspect())
      for (const { Type, Name } of Mounts) if (Type === 'volume') this.volumesSeen.add(Name);
    await this.compose(['--profile', '*', 'down', '--timeout', '20', ...more]);
  }

  /** Whether a file is in the container, what a query says, and the like. */
  inside(service, ...command) {
    return this.compose(['exec', '-T', service, ...command]);
  }

  run(service, { env = {}, command = [] } = {}) {
    const set = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    return this.compose(['run', '--rm', '-T', '--no-deps', ...set, service, ...command]);
  }

  async inspect(filter = () => true) {
    const ids = linesOf(await docker(['ps', '-aq', '--filter', `label=com.docker.compose.project=${this.name}`]));
    const all = ids.length === 0 ? [] : JSON.parse(await docker(['inspect', ...ids]));
    return all.filter(filter);
  }

  /** Containers that are meant to go on; jobs have ended. */
  running() {
    return this.inspect(({ State }) => State.Running);
  }

  /** Containers of the services that we wrote. */
  async ours() {
    return (await this.inspect()).filter((container) => programs.includes(serviceOf(container)));
  }

  /** Everything of this deployment that is still there: containers, volumes (nameless ones too), networks. */
  async remains() {
    const label = `label=com.docker.compose.project=${this.name}`;
    const [containers, networks, named, all] = await Promise.all([
      docker(['ps', '-aq', '--filter', label]),
      docker(['network', 'ls', '-q', '--filter', label]),
      docker(['volume', 'ls', '-q', '--filter', label]),
      docker(['volume', 'ls', '-q']),
    ]);
    const nameless = linesOf(all).filter((volume) => this.volumesSeen.has(volume));
    return {
      containers: linesOf(containers),
      volumes: [...new Set([...linesOf(named), ...nameless])],
      networks: linesOf(networks),
    };
  }
}

export const serviceOf = ({ Config }) => Config.Labels['com.docker.compose.service'];
