export { dataSourceOf, type Migration } from './data-source.js';
export { brokerAddress, kafkaSettings, type KafkaSecurity } from './kafka-settings.js';
export { DueSchedule, type DueTimes } from './due-schedule.js';
export { DueWorker, type DueWork } from './due-work.js';
export { OperatorRefusal, operatorVerb, type OperatorVerb, type OperatorVerbs } from './operator/operator-verb.js';
export { runMigrations } from './run-migrations.js';
export { commonSettings } from './settings.js';
export { samplePayment, type SamplePayment } from './warm-up/sample-payment.js';
export { type Rehearsed, type WarmUp } from './warm-up/warm-up.js';
export {
  type Background,
  type Gauges,
  type ServiceDefinition,
  type ServiceParts,
  type Wiring,
} from './service-definition.js';
export { type RunningService, type ServiceConfig, type ServiceSurroundings, startService } from './start-service.js';
