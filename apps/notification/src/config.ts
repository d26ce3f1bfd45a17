import { type AntomConfig, antomSettings } from '@kasir/antom';
import { type ConfigOf, setting } from '@kasir/platform';
import { commonSettings } from '@kasir/service';

/** What this service alone reads from its environment. */
const ownSettings = {
  PORT: setting.port({ description: "the port for Antom's webhooks", example: '3002' }),
  PAYMENT_SESSION_PREFIX: setting.text({
    description: 'begins every payment session of this deployment; news of others is kept and changes nothing',
    example: 'ps_',
    fallback: 'ps_',
  }),
  WEBHOOK_PATH_PREFIX: setting.text({
    description: 'what a proxy cuts off the path that Antom calls',
    example: '/kasir',
    fallback: '',
  }),
};

/** Everything the notification service reads from its environment. */
export const settings = { ...commonSettings, ...antomSettings(setting), ...ownSettings };

export type OwnConfig = AntomConfig & ConfigOf<typeof ownSettings>;
