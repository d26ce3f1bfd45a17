import { type KeyObject } from 'node:crypto';
import { parsePrivateKey, parsePublicKey } from '@kasir/antom';
import { type SimulatorOptions } from '@kasir/antom-sim';
import { z } from 'zod';
import { readArguments } from './arguments.js';
import { withOwnKeys } from './own-keys.js';
import { type Environment, readOptional, readSetting } from './settings.js';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a port number from 0 to 65535');

const key = (parse: (text: string) => KeyObject) =>
  z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `is no usable key: ${(error as Error).message}` });
      return z.NEVER;
    }
  });

const schedule = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9})*$/, 'must be milliseconds, separated by commas')
  .transform((text) => text.split(',').map(Number));

const webAddress = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' });

const publicKey = '-----BEGIN PUBLIC KEY-----...';
const privateKey = '-----BEGIN PRIVATE KEY-----...';

/**
 * Everything the simulator reads from its environment and its command line.
 * @throws ConfigError for the first setting that is missing or wrong
 */
export function loadConfig(surroundings: Environment, args: readonly string[]): SimulatorOptions {
  const { keys, ...told } = readArguments(args);
  const env = keys === undefined ? surroundings : withOwnKeys(surroundings, keys);
  const notifyOverride = readOptional(env, 'NOTIFY_OVERRIDE', {
    schema: webAddress,
    example: 'http://localhost:3000/webhooks/antom/payments',
  });
  const dataFolder = readOptional(env, 'DATA_FOLDER', { schema: z.string(), example: '/var/lib/antom-simulator' });
  const resendScheduleMs = readOptional(env, 'RESEND_SCHEDULE_MS', { schema: schedule, example: '0,1000,5000' });
  const refundNotifyUrl = readOptional(env, 'REFUND_NOTIFY_URL', {
    schema: webAddress,
    example: 'http://localhost:3000/webhooks/antom/refunds',
  });
  return {
    host: readSetting(env, 'HOST', { schema: z.string(), example: '0.0.0.0', fallback: '127.0.0.1' }),
    port: readSetting(env, 'PORT', { schema: port, example: '4400', fallback: '4400' }),
    clientId: readSetting(env, 'CLIENT_ID', {
      schema: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be printable ASCII without blanks'),
      example: 'SANDBOX_5X00000000000000',
    }),
    merchantPublicKey: readSetting(env, 'MERCHANT_PUBLIC_KEY', { schema: key(parsePublicKey), example: publicKey }),
    antomPrivateKey: readSetting(env, 'ANTOM_PRIVATE_KEY', { schema: key(parsePrivateKey), example: privateKey }),
    ...(notifyOverride === undefined ? {} : { notifyOverride }),
    ...(dataFolder === undefined ? {} : { dataFolder }),
    ...(resendScheduleMs === undefined ? {} : { resendScheduleMs }),
    ...(refundNotifyUrl === undefined ? {} : { refundNotifyUrl }),
    ...told,
  };
}
