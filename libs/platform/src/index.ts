export { type AdminServer, type AdminServerOptions, startAdminServer } from './admin/admin-server.js';
export { type CheckResult, Health, type HealthReport, type Probe } from './admin/health.js';
export {
  createMetrics,
  type GaugeAbout,
  type MetricsOptions,
  type Reading,
  type Sample,
  snapshotGauges,
} from './admin/metrics.js';
export { ConfigError } from './config/config-error.js';
export { type ConfigOf, type ConfigShape, type Environment, loadConfig } from './config/load-config.js';
export { type About, setting } from './config/setting.js';
export { type FieldError, HttpProblem, problem, type ProblemBody } from './http/problem.js';
export { ProblemFilter } from './http/problem-filter.js';
export { problemOf } from './http/problem-of.js';
export { logContext, type LogFields } from './log/log-context.js';
export { createLogger, flushed, type Logger, type LoggerOptions, type LogLevel, logLevels } from './log/logger.js';
export { nestLogger } from './log/nest-logger.js';
export { type Running, runService, type ServiceContext, type ServiceOptions } from './process/run-service.js';
export { currentTraceparent, traceRequests, withTrace } from './tracing/trace-context.js';
export { childTraceparent, newTraceparent, traceIdOf } from './tracing/traceparent.js';
