/* global document, uPlot, results */
/** Runs in the page of a result: `results` are its stints, `uPlot` the library. */
const colours = ['#1b6ca8', '#d1495b', '#66a182', '#edae49', '#8d6a9f', '#2e4057', '#00798c', '#a44200', '#7a7a7a'];
const size = { width: 900, height: 300 };

function plot(title, options, data) {
  const heading = document.createElement('h2');
  heading.textContent = title;
  const place = document.createElement('div');
  document.getElementById('plots').append(heading, place);
  new uPlot({ ...size, ...options }, data, place);
}

/** Series of points with different x, as uPlot wants them: one x axis, gaps elsewhere. */
function joined(series) {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  return [xs, ...series.map(({ points }) => xs.map((x) => points.find(([at]) => at === x)?.[1] ?? null))];
}

const line = (label, colour, dash) => ({ label, stroke: colour, width: 2, dash, spanGaps: true, points: { size: 6 } });

const latency = results.flatMap(({ name, legs }) =>
  ['p50', 'p99'].map((figure) => ({
    name: `${name} ${figure}`,
    figure,
    points: legs
      .filter((leg) => leg[figure] !== null && !leg.stoppedEarly)
      .map((leg) => [leg.rate, leg[figure]])
      .sort(([a], [b]) => a - b),
  })),
);
plot(
  'End to end, ms, over payments per second (p50 solid, p99 dashed)',
  {
    scales: { x: { time: false, distr: 3 }, y: { distr: 3 } },
    axes: [{ label: 'payments/s' }, { label: 'ms' }],
    series: [
      { label: 'rate' },
      ...latency.map(({ name, figure }, at) =>
        line(name, colours[(at >> 1) % colours.length], figure === 'p99' ? [6, 4] : undefined),
      ),
    ],
  },
  joined(latency),
);

const bars = results.flatMap(({ name, legs }) =>
  legs.filter(({ rate }) => rate <= 20).map((leg) => ({ name: `${name}, ${leg.rate}/s`, cpu: leg.cpu })),
);
const processes = [...new Set(bars.flatMap(({ cpu }) => Object.keys(cpu)))];
/** Each process on top of those before it; the highest is drawn first. */
const stacked = processes.map((_, upTo) =>
  bars.map(({ cpu }) => processes.slice(0, upTo + 1).reduce((sum, name) => sum + (cpu[name] ?? 0), 0)),
);
const highestFirst = processes.map((_, at) => processes.length - 1 - at);
plot(
  'CPU per payment, ms, by process',
  {
    scales: { x: { time: false, range: [-0.7, bars.length - 0.3] }, y: { range: (u, low, high) => [0, high * 1.05] } },
    axes: [
      { splits: bars.map((_, at) => at), values: () => bars.map(({ name }) => name), rotate: -20, size: 70 },
      { label: 'ms' },
    ],
    series: [
      { label: 'leg', value: (u, at) => bars[at]?.name ?? '' },
      ...highestFirst.map((at) => ({
        label: processes[at],
        fill: colours[at % colours.length],
        stroke: '#fff',
        width: 1,
        paths: uPlot.paths.bars({ size: [0.7, 80] }),
        points: { show: false },
        value: (u, sum, series, index) => bars[index]?.cpu[processes[at]] ?? '',
      })),
    ],
  },
  [bars.map((_, at) => at), ...highestFirst.map((at) => stacked[at])],
);

for (const { name, timelines } of results)
  for (const { rate, timeline } of timelines)
    plot(
      `${name} at ${rate}/s over time: end to end, ms`,
      {
        height: 200,
        scales: { x: { time: false } },
        axes: [{ label: 's' }, { label: 'ms' }],
        series: [
          { label: 'second' },
          line('p50', colours[0]),
          line('p99', colours[1]),
          { ...line('paid', colours[8], [2, 3]), points: { show: false } },
        ],
      },
      [
        timeline.map(({ second }) => second),
        ...['p50', 'p99', 'paid'].map((figure) => timeline.map((each) => each[figure])),
      ],
    );
