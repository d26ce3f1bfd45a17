import { type AntomConfig, antomSettings } from '@kasir/antom';
import { type ConfigOf, setting } from '@kasir/platform';
import { commonSettings } from '@kasir/service';

/** What this service alone reads from its environment. */
const ownSettings = {
  PORT: setting.port({ description: "the port for Antom's webhooks", example: '3002' }),
  PAYMENT_SESSION_PREFIX: setting.text({
    description: 'begins every payment session of this deployment; webhooks of others are kept and change nothing',
    example: 'ps_',
    fallback: 'ps_',
  }),
  WEBHOOK_PATH_PREFIX: setting.text({
    description: 'what a proxy cuts off the path that Antom calls',
    example: '/kasir',
    fallback: '',
  }),
  QUARANTINE_ROWS: setting.parsed(positiveInteger, {
    description: 'of how many unverifiable webhooks the bodies are kept; of later ones only headers and hash',
    example: '1000',
    fallback: '10000',
  }),
  QUARANTINE_BYTES: setting.parsed(positiveInteger, {
    description: 'how large those bodies may be together',
    example: '1000000',
    fallback: '50000000',
  }),
};

/** @throws RangeError */
function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new RangeError('must be a whole number from 1 to 9999999999');
  return Number(text);
}

/** Everything the notification service reads from its environment. */
export const settings = { ...commonSettings, ...antomSettings(setting), ...ownSettings };

type Own = ConfigOf<typeof ownSettings>;
type HasDefault = 'QUARANTINE_ROWS' | 'QUARANTINE_BYTES';

/** The settings, read. The limits may be left out by whoever wires by hand. */
export type OwnConfig = AntomConfig & Omit<Own, HasDefault> & Partial<Pick<Own, HasDefault>>;
