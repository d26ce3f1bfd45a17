export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface HealthReport {
  readonly ok: boolean;
  readonly checks: readonly CheckResult[];
}

/** Resolves with a detail worth reading, or throws what is wrong. The signal is raised at the time-out. */
export type Probe = (signal: AbortSignal) => Promise<string | void> | string | void;

/** What must be true before a service takes work. */
export class Health {
  private readonly probes = new Map<string, Probe>();
  private leaving = false;
  private missing: string | undefined;

  /** @param timeoutMs how long one check may take */
  constructor(private readonly timeoutMs = 2_000) {}

  /** @throws Error when the name is taken */
  check(name: string, probe: Probe): void {
    if (this.probes.has(name)) throw new Error(`there is a check ${name} already`);
    this.probes.set(name, probe);
  }

  /** Not ready until this is called without a word: what the start waits for at the moment. */
  startWaitsFor(missing?: string): void {
    this.missing = missing;
  }

  /** From now on not ready, so that no new work is sent here. */
  startLeaving(): void {
    this.leaving = true;
  }

  /** Asks every check at once. */
  async report(): Promise<HealthReport> {
    const checks = await Promise.all([...this.probes].map(([name, probe]) => this.ask(name, probe)));
    if (this.missing !== undefined) checks.push({ name: 'starting', ok: false, detail: this.missing });
    if (this.leaving) checks.push({ name: 'staying', ok: false, detail: 'the service is stopping' });
    return { ok: checks.every(({ ok }) => ok), checks };
  }

  private async ask(name: string, probe: Probe): Promise<CheckResult> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error(`no answer within ${this.timeoutMs} ms`)), {
        once: true,
      });
    });
    try {
      const detail = await Promise.race([Promise.resolve(signal).then(probe), late]);
      return { name, ok: true, detail: detail ?? 'ok' };
    } catch (error) {
      return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  }
}
