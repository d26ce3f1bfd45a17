import { type IncomingMessage, type ServerResponse } from 'node:http';

const json = 'application/json; charset=UTF-8';

/** In how many parts a body drips. */
const parts = 4;

type Headers = Readonly<Record<string, string>>;

/** Who calls, as far as one call is concerned: what was sent, and the ways to answer or not to. Plain Node, because there are many. */
export class Caller {
  constructor(
    private readonly incoming: IncomingMessage,
    private readonly response: ServerResponse,
    readonly body: Buffer,
  ) {}

  /** With its query, as it was signed. */
  get path(): string {
    return this.incoming.url ?? '';
  }

  get headers(): IncomingMessage['headers'] {
    return this.incoming.headers;
  }

  answer(http: number, headers: Headers, body: string): void {
    this.#head(http, headers, body).end(body);
  }

  /** Sends the headers at once and the body in parts, with a wait before each, until all is sent or nobody listens any more. */
  async drip(http: number, headers: Headers, body: string, wait: () => Promise<void>): Promise<void> {
    const response = this.#head(http, headers, body);
    response.flushHeaders();
    const bytes = Buffer.from(body);
    const size = Math.ceil(bytes.length / parts);
    for (let sent = 0; sent < bytes.length; sent += size) {
      await wait();
      if (response.destroyed) return;
      response.write(bytes.subarray(sent, sent + size));
    }
    response.end();
  }

  #head(http: number, headers: Headers, body: string): ServerResponse {
    const length = Buffer.byteLength(body);
    return this.response.writeHead(http, { 'content-type': json, ...headers, 'content-length': length });
  }

  /** Breaks the line. */
  hangUp(): void {
    this.incoming.socket.destroy();
  }
}

/** The whole body, or undefined when it has more bytes than that or the line broke. */
export function bodyOf(incoming: IncomingMessage, most: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    incoming.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= most) parts.push(part);
    });
    incoming.on('end', () => resolve(length > most ? undefined : parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    incoming.on('close', () => resolve(undefined));
  });
}
