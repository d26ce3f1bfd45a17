import { type Scenario, type ScenarioDetails } from './scenario.js';
import { detailsOf } from './scenario-details.js';
import { type ScenarioName, scenarios } from './scenarios.js';

export interface ScenarioAbout {
  readonly scenario: ScenarioName;
  /** The moment at which it does something. */
  readonly stage: Scenario['stage'];
  readonly about: string;
  /** What else a rule may say about it. */
  readonly takes: readonly (keyof ScenarioDetails)[];
}

/** Everything that can be made to happen, for people and programs. */
export const knownScenarios = (): readonly ScenarioAbout[] =>
  Object.entries(scenarios).map(([scenario, { stage, about }]) => ({
    scenario: scenario as ScenarioName,
    stage,
    about,
    takes: detailsOf(scenario as ScenarioName),
  }));

/** The same as a table in Markdown. */
export function scenarioTable(): string {
  const rows = knownScenarios().map(
    ({ scenario, stage, about, takes }) =>
      `| \`${scenario}\` | ${moments[stage]} | ${about} | ${takes.map((name) => `\`${name}\``).join(', ')} |`,
  );
  return ['| scenario | when | what happens | what a rule may add |', '|---|---|---|---|', ...rows].join('\n');
}

const moments: Readonly<Record<Scenario['stage'], string>> = {
  bank: 'the buyer decides at the bank',
  news: 'a notification is sent',
  opened: 'a session is opened',
  call: 'we are called',
  inquiry: 'we are asked about a payment',
  cancel: 'a payment is cancelled',
  refund: 'a refund is taken on',
  page: 'the buyer sees a page',
};
