import { type Dispatcher } from 'undici';

const longestAnswer = 64 * 1024;

export interface Exchanged {
  readonly status: number;
  /** As much of it as anybody needs. */
  readonly body: string;
}

/** One request and its whole answer, without the streams of `undici.request`: a simulator sends a great many of them. */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  timeoutMs: number,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const began = Date.now();
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    let body = '';
    const giveUp = () => {
      const late = new Error(`no answer in ${timeoutMs} ms`);
      reject(late);
      controller?.abort(late);
    };
    const timer = setTimeout(giveUp, timeoutMs);
    dispatcher.dispatch(options, {
      onRequestStart: (started) => {
        controller = started;
        if (Date.now() > began + timeoutMs) giveUp();
      },
      onResponseStart: (_, code) => void (status = code),
      onResponseData: (_, chunk) => {
        if (body.length < longestAnswer) body += chunk.toString('utf8');
      },
      onResponseEnd: () => {
        clearTimeout(timer);
        resolve({ status, body });
      },
      onResponseError: (_, error) => {
        clearTimeout(timer);
        reject(error);
      },
    });
  });
}
