export { dataSourceOf, type Migration } from './data-source.js';
export { brokerAddress, kafkaSettings, type KafkaSecurity } from './kafka-settings.js';
export { DueWorker, type DueWork, type Pace } from './due-work.js';
export { runMigrations } from './run-migrations.js';
export { commonSettings } from './settings.js';
export {
  type Background,
  type RunningService,
  type ServiceDefinition,
  type ServiceParts,
  type ServiceSurroundings,
  startService,
  type Wiring,
} from './start-service.js';
