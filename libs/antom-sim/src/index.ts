export { type Fault } from './faults.js';
export { type JournalEntry } from './journal.js';
export { antomResendScheduleMs } from './notifications/schedule.js';
export { type SimulatorOptions } from './options.js';
export { SimulatorRefusal } from './refusal.js';
export { type FaultName, faultTable } from './rules/fault-table.js';
export { type Rule, type RuleOrder } from './rules/rules.js';
export { type ScenarioName, scenarios } from './rules/scenarios.js';
export { type Simulator, startSimulator } from './simulator.js';
export {
  type Charge,
  type GivenBack,
  type LedgerEntry,
  type NotificationState,
  type Refund,
  type Session,
} from './state/views.js';
export { systemTimer, type Timer } from './time/timer.js';
export { VirtualTime } from './time/virtual-time.js';
export { knownScenarios, type ScenarioAbout, scenarioTable } from './rules/scenario-table.js';
