/** Why the simulator cannot start: one line that names the setting, what is wrong with it, and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(setting: string, problem: string, example: string) {
    super(`antom-simulator cannot start: ${setting} ${problem}, for example ${setting}${example}`.replace(/\s+/g, ' '));
  }
}
