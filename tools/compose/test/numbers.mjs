import { docker, linesOf } from './docker.mjs';

export const limits = { imageMegabytes: 350, warmBuildSeconds: 60, readySeconds: 60 };

/** @returns the result and the seconds it took */
export async function timed(work) {
  const began = Date.now();
  const result = await work();
  return { result, seconds: Math.round((Date.now() - began) / 100) / 10 };
}

/** Builds the image as a deployment does, then once more with nothing changed but the sources. */
export async function measureBuilds(deployment) {
  const first = await timed(() => deployment.compose(['build']));
  const again = ['buildx', 'build', '--no-cache-filter=compiled', '--load', '-t', deployment.image, deployment.root];
  const warm = await timed(() => docker(again));
  return { firstBuildSeconds: first.seconds, warmBuildSeconds: warm.seconds };
}

/** Where each image came from: the digest it was pulled by, or that it was built on this machine. */
export async function originOf(images) {
  const origins = images.map(async (image) => {
    const digests = await docker(['image', 'inspect', '--format', '{{range .RepoDigests}}{{.}} {{end}}', image]);
    return [image, digests.trim() || 'built on this machine'];
  });
  return Object.fromEntries(await Promise.all(origins));
}

/** In megabytes of 1,000,000 bytes, as `docker images` counts. */
export async function imageMegabytes(image) {
  return Math.round(Number(await docker(['image', 'inspect', '--format', '{{.Size}}', image])) / 1e6);
}

/** Memory in use and its limit, for each running container. */
export async function memoryUse(containers) {
  const ids = containers.map(({ Id }) => Id);
  const lines = linesOf(await docker(['stats', '--no-stream', '--format', '{{.Name}}\t{{.MemUsage}}', ...ids]));
  return Object.fromEntries(lines.map((line) => line.split('\t')).sort(([one], [other]) => one.localeCompare(other)));
}
