import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../project-root.js';
import { type BenchResult, legsOf } from '../run/bench.js';

const uPlotFile = createRequire(import.meta.url).resolve('uplot/dist/uPlot.iife.min.js');
const style = `
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222 }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem } .void { color: #b00020; font-weight: 600 }`;

/** One page that needs nothing else: latency over rate, CPU per payment by process, and each leg at the common rate over time. */
export function plotPage(result: BenchResult): string {
  const { measured, measuredAt, command, machine } = result;
  const data = JSON.stringify(plotData(result)).replaceAll('<', '\\u003c');
  const about = `${command} · commit ${measured.commit.slice(0, 7)} · ${measuredAt} · ${String(machine['cores'])} cores, ${String(machine['cpu'])}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Kasir: one payment through everything</title>
<style>${readFileSync(join(uPlotFile, '../uPlot.min.css'), 'utf8')}${style}</style></head>
<body><h1>One payment through everything</h1><p>${escaped(about)}</p>
${result.void.map((reason) => `<p class="void">void: ${escaped(reason)}</p>`).join('\n')}
<div id="plots"></div>
<script>${readFileSync(uPlotFile, 'utf8')}</script>
<script type="module">const results = ${data};
${readFileSync(join(root, 'tests/bench/plots.js'), 'utf8')}</script>
</body></html>
`;
}

/** What the plots show, and no more. */
export function plotData({ stints }: Pick<BenchResult, 'stints'>) {
  return stints.map((stint) => ({
    name: `${stint.system} ${stint.run}`,
    knee: stint.knee?.rate ?? null,
    legs: legsOf(stint)
      .filter(({ rate }) => rate !== undefined)
      .map(({ rate, e2e, cpuMsPerPayment, stoppedEarly }) => ({
        rate,
        p50: e2e?.p50 ?? null,
        p99: e2e?.p99 ?? null,
        cpu: cpuMsPerPayment,
        stoppedEarly,
      })),
    timelines: [...stint.legs, ...(stint.soak ? [stint.soak] : [])].map(({ rate, timeline }) => ({ rate, timeline })),
  }));
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
