import { type IncomingMessage, type ServerResponse } from 'node:http';

const json = 'application/json; charset=UTF-8';

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

  answer(http: number, headers: Readonly<Record<string, string>>, body: string): void {
    const length = Buffer.byteLength(body);
    this.response.writeHead(http, { 'content-type': json, ...headers, 'content-length': length }).end(body);
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
