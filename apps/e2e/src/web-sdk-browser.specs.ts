import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import bundled from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const screenshots = fileURLToPath(new URL('../../../.local/web-sdk/', import.meta.url));

/** No name but our own is looked up, and no packet goes out beside the proxy's road. */
const atHome = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy',
];

/** Draws without a graphics card. The flags that come with the browser from npm would also switch off its safeguards. */
const plain = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--no-pings',
];

/** The browser of this machine, or the one that comes from npm. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM'] ?? installed.find((path) => existsSync(path));
  const executablePath = own ?? (await bundled.executablePath());
  return chromium.launch({ headless: true, executablePath, args: [...plain, ...atHome] });
}

export interface Window {
  readonly page: Page;
  /** Hosts that answered. */
  readonly reached: ReadonlySet<string>;
  /** Hosts that were asked in vain. */
  readonly blocked: ReadonlySet<string>;
  keep(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A window that reaches this machine and nothing else: all other requests break off, and none is answered for. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({ locale: 'en-US', serviceWorkers: 'block', ...options });
  const { reached, blocked } = await keepAtHome(context);
  const page = await context.newPage();
  return {
    page,
    reached,
    blocked,
    keep: async (name) => {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },
    close: () => context.close(),
  };
}

async function keepAtHome(context: BrowserContext): Promise<{ reached: Set<string>; blocked: Set<string> }> {
  const [reached, blocked] = [new Set<string>(), new Set<string>()];
  await context.route(
    ({ hostname }) => !isLoopback(hostname),
    (route) => {
      blocked.add(new URL(route.request().url()).hostname);
      return route.abort();
    },
  );
  context.on('requestfinished', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http')) reached.add(hostname);
  });
  return { reached, blocked };
}

export const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname.startsWith('127.');
