/** Says things on standard output; long work shows that it goes on. */
export function createScreen(began = Date.now()) {
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  const say = (line) => process.stdout.write(`${line}\n`);
  const step = (line) => say(`${seconds()} s  ${line}`);

  /** Runs work and says every few seconds that it is still under way. */
  async function during(what, work) {
    const timer = setInterval(() => step(`… ${what}`), 3_000);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
  return { say, step, during };
}
