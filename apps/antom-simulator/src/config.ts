import { type KeyObject } from 'node:crypto';
import { parseArgs } from 'node:util';
import { parsePrivateKey, parsePublicKey } from '@kasir/antom';
import { type SimulatorOptions } from '@kasir/antom-sim';
import { z } from 'zod';
import { ConfigError } from './config-error.js';
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
export function loadConfig(env: Environment, args: readonly string[]): SimulatorOptions {
  const notifyOverride = readOptional(env, 'NOTIFY_OVERRIDE', {
    schema: webAddress,
    example: 'http://localhost:3000/webhooks/antom/payments',
  });
  const dataFolder = readOptional(env, 'DATA_FOLDER', { schema: z.string(), example: '/var/lib/antom-simulator' });
  const resendScheduleMs = readOptional(env, 'RESEND_SCHEDULE_MS', { schema: schedule, example: '0,1000,5000' });
  const payAfterMs = readPayAfter(args);
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
    ...(payAfterMs === undefined ? {} : { payAfterMs }),
  };
}

function readPayAfter(args: readonly string[]): number | undefined {
  const text = parsed(args)['pay-after'];
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new ConfigError('--pay-after', 'must be a whole number of milliseconds', ' 500');
  return Number(text);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { 'pay-after': { type: 'string' } } }).values;
  } catch (error) {
    throw new ConfigError('--pay-after', `is the only option (${(error as Error).message})`, ' 500');
  }
}
