import { type FastifyInstance } from 'fastify';
import { type Core } from '../core.js';
import { scenarios } from '../rules/scenarios.js';
import { cashierJs } from '../pages/assets/cashier-js.js';
import { copyJs } from '../pages/assets/copy-js.js';
import { pagesCss } from '../pages/assets/pages-css.js';
import { stateJs } from '../pages/assets/state-js.js';
import { thaiFontCss, thaiFontFiles } from '../pages/assets/thai-font.js';
import { cashierPage } from '../pages/cashier-page.js';
import { journalPage } from '../pages/journal-page.js';
import { statePage } from '../pages/state-page.js';
import { languageOf } from '../pages/words/languages.js';

const page = 'text/html; charset=utf-8';
const script = 'text/javascript; charset=utf-8';
const assets: Readonly<Record<string, readonly [type: string, content: string | Buffer]>> = {
  'pages.css': ['text/css; charset=utf-8', `${thaiFontCss}\n${pagesCss}`],
  'cashier.js': [script, cashierJs],
  'copy.js': [script, copyJs],
  'state.js': [script, stateJs],
  ...Object.fromEntries(Object.entries(thaiFontFiles).map(([name, font]) => [name, ['font/woff2', font] as const])),
};

/** The frame of Antom's web SDK, under a short address and under Antom's own; pages for people; and what pages are made of. */
export function pageRoutes(app: FastifyInstance, core: Core): void {
  for (const address of ['/cashier', '/page/antom-web-checkout/src/component-app/*'])
    app.get<{ Querystring: { locale?: string } }>(address, ({ query }, reply) =>
      reply.type(page).send(cashierPage(languageOf(query.locale))),
    );
  for (const address of ['/_sim', '/_sim/'])
    app.get(address, (_, reply) => reply.type(page).send(statePage(stateOf(core))));
  app.get('/_sim/journal/page', (_, reply) => reply.type(page).send(journalPage(core.journal.entries())));
  for (const [name, [type, content]] of Object.entries(assets))
    app.get(`/_sim/assets/${name}`, (_, reply) => reply.type(type).send(content));
}

const stateOf = ({ clock, world, rules }: Core) => ({
  now: clock.now(),
  sessions: world.payments.sessions(),
  ledger: world.ledger(),
  notifications: world.notifications(),
  rules: rules.list(),
  scenarios: Object.keys(scenarios),
});
