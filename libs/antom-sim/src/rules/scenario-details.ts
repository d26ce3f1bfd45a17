import { type ScenarioDetails } from './scenario.js';
import { type ScenarioName, scenarios } from './scenarios.js';

/** What a rule may say about a scenario. A scenario tells it by asking for it. */
export function detailsOf(scenario: ScenarioName): (keyof ScenarioDetails)[] {
  const asked: (keyof ScenarioDetails)[] = [];
  const get = (_: ScenarioDetails, name: string | symbol) => void asked.push(name as keyof ScenarioDetails);
  const does: (details: ScenarioDetails) => unknown = scenarios[scenario].does;
  does(new Proxy<ScenarioDetails>({}, { get }));
  return asked;
}
