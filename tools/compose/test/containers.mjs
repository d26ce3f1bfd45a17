import { serviceOf } from './deployment.mjs';
import { expectSame } from './expect.mjs';

const published = ['antom-simulator', 'gateway', 'notification'];

/** How the engine runs our containers: what docker-compose.yml promises, as the engine understood it. */
export async function checkContainers(deployment) {
  const ours = await deployment.ours();
  const odd = (fact) => ours.filter((container) => !fact(container)).map(serviceOf);
  expectSame(
    'every root file system is read-only',
    odd(({ HostConfig }) => HostConfig.ReadonlyRootfs),
    [],
  );
  expectSame(
    'nobody has a capability of root',
    odd(({ HostConfig }) => HostConfig.CapDrop?.includes('ALL')),
    [],
  );
  expectSame(
    'every service is asked whether it is ready',
    odd(({ State }) => State.Health?.Status === 'healthy'),
    [],
  );
  const running = await deployment.running();
  const boundless = running.filter(({ HostConfig }) => !(HostConfig.Memory > 0)).map(serviceOf);
  expectSame('every container has a memory limit', boundless, []);
  const doors = running
    .filter(({ HostConfig }) => Object.keys(HostConfig.PortBindings ?? {}).length > 0)
    .map(serviceOf);
  expectSame('only the gateway, the webhooks and the simulator are published', doors.sort(), published);
}

/** A container that hears SIGTERM ends by itself, with 0; one that does not is killed after its grace period, with 137. */
export async function checkGracefulStop(deployment) {
  await deployment.compose(['stop']);
  const codes = (await deployment.ours()).map((each) => `${serviceOf(each)} ${each.State.ExitCode}`);
  expectSame(
    'every service of ours ends by itself on SIGTERM',
    codes.filter((code) => !code.endsWith(' 0')),
    [],
  );
}
