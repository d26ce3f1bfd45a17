import { readFileSync } from 'node:fs';

export const setting = (name: string): string => process.env[name] ?? '';
export const fileOf = (name: string): string => readFileSync(setting(name), 'utf8');
export const topicOf = (name: string): string => setting('TOPIC_PREFIX') + name;
export const kafkaClient = { clientId: 'usual-way', brokers: setting('KAFKA_BROKERS').split(',') };
