import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Statement } from '../measure/postgres.js';
import { type Frame } from '../measure/profiler.js';

const require = createRequire(import.meta.url);
const flameGraph = require.resolve('d3-flame-graph');
/** What the flame graph needs, in the order in which each needs those before it. */
const libraries = [
  ...['d3-color', 'd3-interpolate', 'd3-array', 'd3-time', 'd3-timer', 'd3-dispatch', 'd3-ease', 'd3-format'],
  ...['d3-time-format', 'd3-hierarchy', 'd3-scale', 'd3-selection', 'd3-transition'],
];

export interface ServiceProfile {
  readonly service: string;
  readonly frames: Frame;
  readonly statements: readonly Statement[];
  readonly payments: number;
}

/** The flame graph of a service and its SQL statements by text, on one page that needs nothing else. */
export function profilePage({ service, frames, statements, payments }: ServiceProfile): string {
  const flame = dirname(flameGraph);
  const data = JSON.stringify(frames).replaceAll('<', '\\u003c');
  const rows = statements.map(
    ({ text, calls, milliseconds }) =>
      `<tr><td>${(calls / payments).toFixed(2)}</td><td>${((milliseconds * 1_000) / Math.max(1, calls)).toFixed(0)}</td>` +
      `<td>${(milliseconds / payments).toFixed(3)}</td><td><code>${escaped(text)}</code></td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${service}: profile</title>
<style>${readFileSync(join(flame, 'd3-flamegraph.css'), 'utf8')}
body { font: 13px/1.4 system-ui, sans-serif; margin: 1rem auto; max-width: 80rem; padding: 0 1rem }
td { vertical-align: top; padding: .2rem .6rem } td:not(:last-child) { text-align: right } code { white-space: pre-wrap }</style></head>
<body><h1>${service}, ${payments} payments</h1><h2>CPU, ms: click to zoom in</h2><div id="flame"></div>
<h2>SQL statements</h2>
<table><tr><th>per payment</th><th>µs each</th><th>ms per payment</th><th>text</th></tr>${rows.join('\n')}</table>
${libraries.map((name) => `<script>${libraryOf(name)}</script>`).join('\n')}
<script>${readFileSync(join(flame, 'd3-flamegraph.umd.min.js'), 'utf8')}</script>
<script>
const frames = ${data};
const graph = flamegraph.default().width(1200).cellHeight(17).inverted(true).sort(true);
d3.select('#flame').datum(frames).call(graph);
</script></body></html>
`;
}

/** The build of a d3 package for a page without modules. */
function libraryOf(name: string): string {
  const folder = dirname(dirname(createRequire(flameGraph).resolve(name)));
  return readFileSync(join(folder, 'dist', `${name}.min.js`), 'utf8');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
