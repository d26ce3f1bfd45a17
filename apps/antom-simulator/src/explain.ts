import { ConfigError } from './config-error.js';

const network = ['listen', 'getaddrinfo'];

/** Why it does not start: one line, or where it broke. */
export function explain(error: NodeJS.ErrnoException): string {
  if (error instanceof ConfigError) return error.message;
  const { syscall = '', path, message, stack = message } = error;
  if (network.includes(syscall))
    return `antom-simulator cannot start: HOST and PORT cannot be used (${message}), for example PORT=4401`;
  if (path !== undefined)
    return `antom-simulator cannot start: ${path} cannot be used (${message}), for example DATA_FOLDER=/var/lib/antom-simulator`;
  return stack;
}
