/**
 * Violations of each boundary, by name and by relative path, and imports that must stay allowed.
 * `in` is the folder of the planted file, `beside` an innocent file planted somewhere else; PLANT stands for its name.
 */
const lib = (name, depth) => `${'../'.repeat(depth)}libs/${name}/src/index.js`;
const app = (name) => `apps/${name}/src`;
const use = (module) => `import * as used from '${module}';\nexport const reached = used;\n`;
const violations = (rule, folder, ...modules) => modules.map((module) => ({ rule, in: folder, source: use(module) }));

export const planted = [
  ...violations(
    'domain-is-pure',
    `${app('order')}/domain`,
    'typeorm',
    '@nestjs/common',
    'node:crypto',
    '@kasir/messaging',
    lib('messaging', 4),
    '@kasir/contracts',
  ),
  {
    rule: 'domain-is-pure',
    in: `${app('order')}/domain`,
    beside: `${app('order')}/application`,
    source: use('../application/PLANT.js'),
  },
  { rule: 'domain-is-pure', in: `${app('order')}/domain`, source: `export { DataSource } from 'typeorm';\n` },
  { rule: 'domain-is-pure', in: `${app('order')}/domain`, source: `export const later = () => import('typeorm');\n` },
  {
    rule: 'domain-is-pure',
    in: `${app('order')}/domain`,
    source: `import { type DataSource } from 'typeorm';\nexport type Held = DataSource;\n`,
  },

  ...violations(
    'application-knows-no-framework',
    `${app('payment-session')}/application`,
    '@nestjs/common',
    'typeorm',
    'pg',
    'fastify',
    'kafkajs',
    '@kasir/messaging',
    '@kasir/messaging-nest',
    lib('messaging', 4),
    '@kasir/antom',
    lib('antom', 4),
  ),
  {
    rule: 'application-knows-no-framework',
    in: `${app('order')}/application`,
    beside: `${app('order')}/outbound`,
    source: use('../outbound/PLANT.js'),
  },

  {
    rule: 'inbound-calls-application',
    in: `${app('order')}/inbound`,
    beside: `${app('order')}/outbound`,
    source: use('../outbound/PLANT.js'),
  },
  {
    rule: 'inbound-calls-application',
    in: `${app('order')}/inbound`,
    beside: `${app('order')}/outbound`,
    source: use('@kasir/order/outbound/PLANT'),
  },
  {
    rule: 'outbound-serves-application',
    in: `${app('order')}/outbound`,
    beside: `${app('order')}/inbound`,
    source: use('../inbound/PLANT.js'),
  },

  ...violations('apps-are-strangers', app('order'), '@kasir/gateway'),
  { rule: 'apps-are-strangers', in: app('order'), beside: app('gateway'), source: use('../../gateway/src/PLANT.js') },
  { rule: 'apps-are-strangers', in: app('order'), beside: app('gateway'), source: use('@kasir/gateway/src/PLANT.js') },
  { rule: 'apps-are-strangers', in: app('e2e'), beside: app('gateway'), source: use('../../gateway/src/PLANT.js') },

  ...violations('libs-never-look-up', 'libs/messaging/src', '@kasir/order'),
  {
    rule: 'libs-never-look-up',
    in: 'libs/messaging/src',
    beside: app('order'),
    source: use('../../../apps/order/src/PLANT.js'),
  },

  ...violations('front-door-only', app('order'), lib('messaging', 3), '@kasir/messaging/src/index.js'),
  {
    rule: 'front-door-only',
    in: app('order'),
    beside: 'libs/messaging/src',
    source: use('../../../libs/messaging/src/PLANT.js'),
  },
  {
    rule: 'front-door-only',
    in: app('order'),
    beside: 'libs/messaging/src',
    source: use('@kasir/messaging/src/PLANT.js'),
  },
  {
    rule: 'front-door-only',
    in: 'libs/messaging/src',
    beside: 'libs/contracts/src',
    source: use('../../contracts/src/PLANT.js'),
  },

  ...violations(
    'kernel-stands-alone',
    'libs/kernel/src',
    'zod',
    'node:crypto',
    '@kasir/contracts',
    lib('contracts', 3),
  ),
  ...violations('contracts-know-zod', 'libs/contracts/src', 'undici', 'node:fs', '@kasir/antom', lib('antom', 3)),

  ...violations('kafkajs-behind-its-port', app('order'), 'kafkajs', '../../../node_modules/kafkajs/index.js'),
  ...violations('kafkajs-behind-its-port', 'libs/messaging/src', 'kafkajs'),
  {
    rule: 'kafkajs-behind-its-port',
    in: 'libs/messaging-nest/src',
    source: `import { type Consumer } from 'kafkajs';\nexport type Held = Consumer;\n`,
  },
  ...violations(
    'messaging-knows-no-framework',
    'libs/messaging/src',
    '@nestjs/common',
    'typeorm',
    '../../../node_modules/typeorm/index.js',
  ),

  ...violations('antom-sim-borrows-signatures-only', 'libs/antom-sim/src', '@kasir/antom', lib('antom', 3)),
  {
    rule: 'antom-sim-borrows-signatures-only',
    in: 'libs/antom-sim/src',
    beside: 'libs/antom/src',
    source: use('../../antom/src/PLANT.js'),
  },
  ...violations('antom-sim-stays-outside', app('payment-session'), '@kasir/antom-sim', lib('antom-sim', 3)),

  ...violations('testing-stays-in-tests', app('order'), '@kasir/testing', lib('testing', 3), '@kasir/local-stack'),
  ...violations('testing-stays-in-tests', 'libs/messaging/src', '@kasir/testing'),

  ...violations('libs-keep-their-order', 'libs/platform/src', '@kasir/contracts', lib('contracts', 3)),
  ...violations('libs-keep-their-order', 'libs/messaging/src', '@kasir/platform'),
  ...violations('libs-keep-their-order', 'libs/local-stack/src', '@kasir/contracts'),
  ...violations('libs-keep-their-order', 'libs/antom/src', '@kasir/contracts'),

  {
    rule: 'no-cycles',
    in: 'libs/kernel/src',
    beside: 'libs/kernel/src',
    source: use('./PLANT.js'),
    besideSource: use('./SELF.js'),
  },
  {
    rule: 'no-cycles',
    in: app('order'),
    beside: `${app('order')}/domain`,
    source: use('./domain/PLANT.js'),
    besideSource: use('@kasir/order/SELF'),
  },
];

const allowed = (folder, modules, ending = '.ts') =>
  modules.map((module) => ({ in: folder, source: use(module), ending }));

export const innocent = [
  ...allowed(`${app('order')}/domain`, ['@kasir/kernel']),
  ...allowed(`${app('order')}/domain`, ['@kasir/testing', '@kasir/contracts', 'fast-check'], '.spec.ts'),
  {
    in: `${app('order')}/domain`,
    source: `import { type Money } from '@kasir/contracts';\nexport type Held = Money;\n`,
  },
  ...allowed(`${app('order')}/application`, ['@kasir/kernel', '@kasir/contracts']),
  { in: `${app('order')}/application`, beside: `${app('order')}/domain`, source: use('../domain/PLANT.js') },
  { in: `${app('order')}/inbound`, beside: `${app('order')}/application`, source: use('../application/PLANT.js') },
  ...allowed(`${app('order')}/outbound`, ['typeorm', '@kasir/messaging-nest']),
  ...allowed(app('order'), ['@kasir/messaging', '@kasir/platform', '@nestjs/core']),
  ...allowed(app('e2e'), ['kafkajs', '@kasir/local-stack', '@kasir/testing']),
  ...allowed('libs/messaging/src/kafkajs', ['kafkajs', '@kasir/contracts']),
  ...allowed('libs/antom-sim/src', ['@kasir/antom/signatures']),
];
