import { type AntomConfig, antomSettings, parseSettlementCurrencies } from '@kasir/antom';
import { type ConfigOf, setting } from '@kasir/platform';
import { commonSettings } from '@kasir/service';
import { z } from 'zod';
import { parseSecondAttempt } from './domain/second-attempt.js';

const required = {
  ANTOM_NOTIFY_URL: setting.url({
    description: "the public address of notification's webhook, without a query",
    example: 'https://pay.example.com/webhooks/antom/payments',
  }),
  SETTLEMENT_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
    .meta({ description: 'the currency in which Antom settles with the merchant', example: 'USD' }),
  SESSION_DATA_KEY: setting.key(32, {
    description: 'seals session data; only payment-session and gateway have it',
    example: '$(openssl rand -base64 32)',
  }),
  SESSION_LIFETIME: setting.duration({
    description: 'how long a payment session lives, at most 1h',
    example: '10m',
    fallback: '10m',
  }),
};

const optional = {
  ANTOM_SETTLEMENT_CURRENCIES: setting
    .parsed(parseSettlementCurrencies, {
      description: 'where payments in some currencies settle in another one than SETTLEMENT_CURRENCY',
      example: 'THB:USD,IDR:SGD',
    })
    .optional(),
  ANTOM_REFUND_NOTIFY_URL: setting
    .url({
      description:
        "the public address of notification's webhook for refunds; without it ANTOM_NOTIFY_URL with refunds for payments at its end",
      example: 'https://pay.example.com/webhooks/antom/refunds',
    })
    .optional(),
  SECOND_ATTEMPT: setting.parsed(parseSecondAttempt, {
    description:
      'for each way of paying, whether another attempt may start beside a session that Antom cannot stop and the buyer never used',
    example: 'BANK_TRANSFER:refuse,OTHER:supersede',
    fallback: 'MOBILE_BANKING_APP:supersede,ONLINE_BANKING:supersede,BANK_TRANSFER:supersede,OTHER:supersede',
  }),
  ANTOM_BANK_METADATA: z.enum(['string', 'object'], 'must be string or object').meta({
    description: "how the choice of bank is written: JSON in a string as in Antom's bank guide, or an object",
    example: 'object',
    fallback: 'string',
  }),
};

/** Everything the payment-session service reads from its environment. */
export const settings = { ...commonSettings, ...antomSettings(setting), ...required, ...optional };

export type OwnConfig = AntomConfig & ConfigOf<typeof required> & Partial<ConfigOf<typeof optional>>;
