import { readFileSync } from 'node:fs';

export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}

export const fileOf = (name: string): string => readFileSync(setting(name), 'utf8');
export const topicOf = (name: string): string => setting('TOPIC_PREFIX') + name;
export const kafkaClient = () => ({ clientId: 'usual-way', brokers: setting('KAFKA_BROKERS').split(',') });
