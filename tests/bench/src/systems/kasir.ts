import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Contracts from '@kasir/contracts';
import type * as LocalKasir from '@kasir/local-kasir';
import { type StartSystem, type SystemProcess } from './system.js';

/** What a part of Kasir is called in the report. */
const reported: Readonly<Record<string, string>> = { fulfilment: 'subscriber', 'antom-simulator': 'simulator' };

/** Starts the Kasir of a built checkout: its own programs on its own topics, by its own `libs/local-kasir`. */
export function kasirOf(checkout: string): StartSystem {
  return async ({ brokers, adminUrl }, { folder, prefix, instances }) => {
    const { startKasir } = await builtLibrary<typeof LocalKasir>(checkout, 'local-kasir');
    const { topics } = await builtLibrary<typeof Contracts>(checkout, 'contracts');
    const kasir = await startKasir({ folder, brokers, postgresAdminUrl: adminUrl, prefix, instances });
    const parts = [...Object.values(kasir.parts), ...(kasir.furtherParts ?? [])];
    if (instances > 1 && (kasir.furtherParts ?? []).length === 0)
      throw new Error(`--instances: the Kasir in ${checkout} cannot be started more than once`);
    const databases = Object.fromEntries(
      Object.entries(kasir.databaseUrls).map(([owner, url]) => [owner, new URL(url).pathname.slice(1)]),
    );
    return {
      name: 'kasir',
      processes: parts.map(({ name, pid, adminUrl: admin }): SystemProcess => {
        const isSimulator = name === 'antom-simulator';
        return { name: reported[name] ?? name, pid, ...(isSimulator ? {} : { adminUrl: admin }) };
      }),
      gatewayUrls: kasir.gatewayUrls ?? [kasir.gatewayUrl],
      simulatorUrl: kasir.simulatorUrl,
      ordersTopic: `${prefix}orders.v1`,
      topics: topics.map(({ name }) => prefix + name),
      databases,
      subscriberDatabases: [databases['fulfilment']!],
      shopKeyFile: join(folder, 'keys', 'shop-private.jwk.json'),
      stop: () => kasir.stop(),
    };
  };
}

async function builtLibrary<Library>(checkout: string, name: string): Promise<Library> {
  const file = join(checkout, 'libs', name, 'dist', 'index.js');
  if (!existsSync(file)) throw new Error(`--kasir: ${checkout} is not built: there is no ${file}`);
  return (await import(pathToFileURL(file).href)) as Library;
}

export interface CheckoutState {
  readonly commit: string;
  /** Whether programs that are measured differ from that commit. */
  readonly changed: boolean;
}

export function stateOf(checkout: string): CheckoutState {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: checkout, encoding: 'utf8' }).trim();
  return { commit: git('rev-parse', 'HEAD'), changed: git('status', '--porcelain', '--', 'apps', 'libs') !== '' };
}
