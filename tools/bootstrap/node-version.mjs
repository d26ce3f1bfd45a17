import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project-root.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);

/** @throws where this Node is too old to install anything */
export function checkOwnNode() {
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Kasir needs Node 20.19 or newer; this is ${process.version}. Get a newer one at https://nodejs.org`);
}

/**
 * Node 24: the pinned one that came with the dependencies, else this one.
 * @throws where there is none
 */
export function findNode24() {
  const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (major >= 24) return process.execPath;
  throw new Error(
    `Kasir runs on Node 24. It brings its own on Linux (x64, arm64); for ${process.platform} on ${process.arch} ` +
      `install Node 24 or newer from https://nodejs.org (this is ${process.version})`,
  );
}
