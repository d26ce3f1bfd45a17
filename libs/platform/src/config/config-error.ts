/** Why a service cannot start: one line that names the variable, what is wrong with it, and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(service: string, complaint: string) {
    super(`${service} cannot start: ${complaint}`.replaceAll(/\s+/g, ' '));
  }
}
