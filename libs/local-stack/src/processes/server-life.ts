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
  readonly afterStop?: (exit: Exit) => Promise<void> | void;
}

export async function beginLife(manner: Manner): Promise<ServerLife> {
  const { launch, stopSignal, stopTimeoutMs, afterStop } = manner;
  let reportCrash: (exit: Exit) => void;
  const crashed = new Promise<Exit>((resolve) => (reportCrash = resolve));
  let current: GuardedProcess | undefined;

  async function start(): Promise<void> {
    const started = await launch();
    current = started;
    void started.exited.then((exit) => {
      if (current !== started) return;
      current = undefined;
      reportCrash(exit);
    });
  }

  async function end(ending: (running: GuardedProcess) => Promise<Exit>): Promise<Exit | undefined> {
    const running = current;
    current = undefined;
    return running === undefined ? undefined : ending(running);
  }

  async function stop(): Promise<void> {
    const exit = await end((running) => (running.resume(), running.stop(stopSignal, stopTimeoutMs)));
    if (exit !== undefined) await afterStop?.(exit);
  }

  await start();
  return {
    pid: () => current?.pid,
    stop,
    kill: async () => void (await end((running) => running.kill())),
    restart: async () => (await stop(), start()),
    freeze: () => current?.freeze(),
    resume: () => current?.resume(),
    crashed,
  };
}

/** The life of a server that somebody else runs: stopping it leaves it alone, everything rougher is refused. */
export function somebodyElses(name: string): ServerLife {
  const refuse = () => {
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
