/** The boundaries of this repository, executed. Each rule has planted violations in tools/probes. */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const foldersIn = (parent) =>
  readdirSync(join(__dirname, parent)).filter((name) => existsSync(join(__dirname, parent, name, 'package.json')));
const manifest = (lib) => JSON.parse(readFileSync(join(__dirname, 'libs', lib, 'package.json'), 'utf8'));
const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const libs = foldersIn('libs');
const spec = '\\.specs?\\.ts$';
const layer = (name) => ({ path: `^apps/([^/]+)/src/${name}/`, pathNot: spec });
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

/** An app has no exports, so its name leads nowhere, or to a file inside it. */
const anApp = ['^apps/', `^@kasir/(${foldersIn('apps').join('|')})(/|$)`];

/** What a lib's manifest exports: its front doors. */
const frontDoors = libs.flatMap((lib) =>
  Object.values(manifest(lib).exports ?? {}).map((door) => `^${quoted(join('libs', lib, door['kasir-source']))}$`),
);

/** Which libs a lib may know. Whatever is not here knows none. */
const libsKnownBy = {
  kernel: [],
  contracts: ['kernel'],
  antom: ['kernel'],
  'antom-sim': ['kernel', 'antom'],
  messaging: ['kernel', 'contracts'],
  'messaging-nest': ['kernel', 'contracts', 'messaging'],
  platform: ['kernel'],
  service: ['kernel', 'contracts', 'messaging', 'messaging-nest', 'platform'],
  subscriber: ['kernel', 'contracts', 'messaging'],
  'checkout-client': ['contracts'],
  'local-stack': ['kernel'],
  'local-kasir': ['contracts', 'local-stack'],
  testing: libs,
};

const rule = (name, from, to, comment) => ({ name, severity: 'error', from, to, comment });

module.exports = {
  forbidden: [
    rule(
      'domain-is-pure',
      layer('domain'),
      { pathNot: ['^apps/$1/src/domain/', '^libs/(kernel|contracts)/'] },
      'The domain knows its own words and the kernel. Move the rest to application/ or outbound/.',
    ),
    rule(
      'domain-is-pure',
      layer('domain'),
      { path: '^libs/contracts/', dependencyTypesNot: ['type-only'] },
      'The domain may name the type of a contract, not run its schema.',
    ),
    rule(
      'application-knows-no-framework',
      layer('application'),
      { pathNot: ['^apps/$1/src/(domain|application)/', '^libs/(kernel|contracts)/'] },
      'A use case sees no Nest, HTTP, SQL, Kafka or provider. Declare a port in application/ports.ts.',
    ),
    rule(
      'inbound-calls-application',
      layer('inbound'),
      { path: '^apps/$1/src/outbound/' },
      'Controllers and consumers call application/. Only app.module.ts sees both sides.',
    ),
    rule(
      'outbound-serves-application',
      layer('outbound'),
      { path: '^apps/$1/src/inbound/' },
      'An adapter fulfils a port. It does not know who came in.',
    ),
    rule(
      'apps-are-strangers',
      { path: '^apps/([^/]+)/' },
      { path: anApp, pathNot: '^apps/$1/' },
      'Services meet in Kafka and libs/contracts only.',
    ),
    rule(
      'libs-never-look-up',
      { path: '^libs/' },
      { path: [...anApp, '^(tools|tests)/'] },
      'A library does not know who uses it.',
    ),
    rule(
      'front-door-only',
      { path: '^(apps|libs|tools|tests)/([^/]+)/' },
      { path: '^(libs|@kasir)/', pathNot: ['^$1/$2/', ...frontDoors] },
      'Import @kasir/<lib>, never a file inside it.',
    ),
    rule(
      'front-door-only',
      { path: '^(apps|libs|tools|tests)/([^/]+)/' },
      { path: '^libs/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
      'Import a library by its name; a relative path leads nowhere once it is built.',
    ),
    rule(
      'kernel-stands-alone',
      { path: '^libs/kernel/src/', pathNot: spec },
      { pathNot: '^libs/kernel/' },
      'The kernel imports nothing, not even npm.',
    ),
    rule(
      'contracts-know-zod',
      { path: '^libs/contracts/src/', pathNot: spec },
      { pathNot: ['^libs/(contracts|kernel)/', npm('zod')] },
      'A contract is a shape. It needs a schema library and nothing more.',
    ),
    rule(
      'kafkajs-behind-its-port',
      {
        pathNot: [
          '^libs/messaging/src/kafkajs/',
          '^libs/(local-stack|local-kasir|testing)/',
          '^apps/e2e/',
          '^tools/',
          '^tests/',
          spec,
        ],
      },
      { path: [npm('kafkajs', '@types/kafkajs'), '^kafkajs$'] },
      'Speak through the ports of @kasir/messaging, so that the client can be replaced.',
    ),
    rule(
      'messaging-knows-no-framework',
      { path: '^libs/messaging/src/', pathNot: spec },
      { path: npm('@nestjs', 'typeorm', 'fastify', 'reflect-metadata', 'rxjs') },
      'Subscribers outside this house carry @kasir/messaging. Nest and TypeORM belong to messaging-nest.',
    ),
    rule(
      'antom-sim-borrows-signatures-only',
      { path: '^libs/antom-sim/src/' },
      { path: ['^libs/antom/', '^@kasir/antom(/|$)'], pathNot: '^libs/antom/src/signatures/' },
      'The simulator is the second opinion on the protocol: it may sign like us, but not think like us.',
    ),
    rule(
      'antom-sim-stays-outside',
      { path: '^(apps|libs)/', pathNot: ['^libs/(antom-sim|testing)/', '^apps/(antom-simulator|e2e)/', spec] },
      { path: '^libs/antom-sim/' },
      'A service cannot tell the simulator from Antom.',
    ),
    rule(
      'testing-stays-in-tests',
      {
        pathNot: [
          '^libs/(testing|local-stack|local-kasir)/',
          '^apps/e2e/',
          '^apps/[^/]+/src/testing/',
          '^(tools|tests)/',
          spec,
        ],
      },
      { path: '^libs/(testing|local-stack|local-kasir)/' },
      'Builders, fresh databases and servers of our own are for tests and tools.',
    ),
    ...libs.map((lib) =>
      rule(
        'libs-keep-their-order',
        { path: `^libs/${lib}/src/`, pathNot: spec },
        { path: '^libs/', pathNot: `^libs/(${[lib, ...(libsKnownBy[lib] ?? [])].join('|')})/` },
        `${lib} may know: ${libsKnownBy[lib]?.join(', ') || 'no other lib'}.`,
      ),
    ),
    rule('no-cycles', {}, { circular: true }, 'Two files that need each other are one file, or three.'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    // Not `exclude`: a way into dist must stay visible to be forbidden.
    doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['kasir-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
