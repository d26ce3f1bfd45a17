import { type Exit, type GuardedProcess } from './spawn-guarded.js';

/** How one server of ours is driven through its life. */
export interface ServerLife {
  /** Undefined while it is not running. */
  pid(): number | undefined;
  /** Ends gracefully; nothing happens when it is not running. */
  stop(): Promise<void>;
  /** SIGKILL to it and all its descendants, as a crash would have it. */
  kill(): Promise<void>;
  /** Stops it when it runs, starts it again at the same address on the same data, and waits until it answers. */
  restart(): Promise<void>;
  /** SIGSTOP to it and all its descendants: connections stay open, nothing answers. */
  freeze(): void;
  resume(): void;
  /** Resolves when it ends without having been asked to. */
  readonly crashed: Promise<Exit>;
}

interface Manner {
  /** Starts the process and resolves when it answers. */
  readonly launch: () => Promise<GuardedProcess>;
  readonly stopSignal: NodeJS.Signals;
  readonly stopTimeoutMs: number;
  readonly beforeStop?: () => void;
  readonly afterStop?: () => Promise<void>;
}

export async function beginLife(manner: Manner): Promise<ServerLife> {
  const { launch, stopSignal, stopTimeoutMs, beforeStop, afterStop } = manner;
  let reportCrash: (exit: Exit) => void;
  const crashed = new Promise<Exit>((resolve) => (reportCrash = resolve));
  let running: GuardedProcess | undefined;
  let ending: Promise<void> = Promise.resolve();

  async function start(): Promise<void> {
    const started = await launch();
    running = started;
    void started.exited.then((exit) => {
      if (running !== started) return;
      running = undefined;
      reportCrash(exit);
    });
  }

  function end(how: (leaving: GuardedProcess) => Promise<unknown>): Promise<void> {
    const leaving = running;
    running = undefined;
    if (leaving !== undefined) ending = how(leaving).then(() => undefined);
    return ending;
  }

  const stop = () =>
    end(async (leaving) => {
      beforeStop?.();
      leaving.resume();
      await leaving.stop(stopSignal, stopTimeoutMs);
      await afterStop?.();
    });

  await start();
  return {
    pid: () => running?.pid,
    stop,
    kill: () => end((leaving) => leaving.kill()),
    restart: async () => {
      await stop();
      await start();
    },
    freeze: () => running?.freeze(),
    resume: () => running?.resume(),
    crashed,
  };
}

/** The life of a server that somebody else runs: stopping it leaves it alone, everything rougher is refused. */
export function somebodyElses(name: string): ServerLife {
  const refuse = (): never => {
    throw new Error(`${name} is run by somebody else; only a server of our own can be killed, frozen or restarted`);
  };
  return {
    pid: () => undefined,
    stop: () => Promise.resolve(),
    kill: async () => refuse(),
    restart: async () => refuse(),
    freeze: refuse,
    resume: refuse,
    crashed: new Promise(() => undefined),
  };
}
