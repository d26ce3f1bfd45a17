/** Antom knows by this prefix that a client id belongs to its sandbox. */
const sandboxPrefix = 'SANDBOX_';

export const isSandbox = (clientId: string): boolean => clientId.startsWith(sandboxPrefix);

/** The path as it goes over the wire and into the signature: a sandbox client has its own prefix on the same host. */
export const wirePath = (path: string, clientId: string): string =>
  isSandbox(clientId) ? path.replace('/ams/api', '/ams/sandbox/api') : path;
