import { type LegFigures, cpuOfSystem } from '../figures/leg.js';
import { type LegOrder, type Progress } from '../generator/protocol.js';

const everyMs = 5_000;

/** What the bench does, on standard error: a line each few seconds, and one for each leg that is done. */
export class ProgressLine {
  private shownAt = 0;
  private readonly began = Date.now();

  constructor(private readonly system: string) {}

  say(what: string): void {
    console.error(`${this.system}: ${what} (${this.seconds()})`);
  }

  show(what: string, { load, count }: Pick<LegOrder, 'load' | 'count'>, { sent, paid, p99 }: Progress): void {
    if (Date.now() - this.shownAt < everyMs) return;
    this.shownAt = Date.now();
    const at = 'rate' in load ? `${load.rate}/s` : `${load.concurrency} at a time`;
    const late = p99 === null ? '' : `, p99 so far ${Math.round(p99)} ms`;
    this.say(`${at}, ${what}: ${sent} of ${count} sent, ${paid} paid${late}`);
  }

  tell(leg: LegFigures): void {
    const { rate, e2e, achieved, stoppedEarly, missing, failed } = leg;
    const times = e2e === undefined ? 'nothing was paid' : `e2e p50 ${e2e.p50} ms, p99 ${e2e.p99} ms`;
    const problems = [
      stoppedEarly ? 'stopped early' : '',
      missing > 0 ? `${missing} missing` : '',
      failed > 0 ? `${failed} failed` : '',
      achieved < 0.98 ? `${(achieved * 100).toFixed(1)} % in time` : '',
    ].filter((problem) => problem !== '');
    const at = rate === undefined ? 'as fast as it goes' : `${rate}/s`;
    const end = problems.length === 0 ? '' : `; ${problems.join(', ')}`;
    this.say(`${at} done: ${times}, ${cpuOfSystem(leg)} ms of CPU per payment${end}`);
  }

  private readonly seconds = () => `${Math.round((Date.now() - this.began) / 1_000)} s`;
}
