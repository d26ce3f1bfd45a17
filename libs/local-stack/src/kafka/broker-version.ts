import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * The release a broker reports, such as "4.4". The protocol has no field for it, so it is told by the newest `metadata.version` the broker supports.
 * Source: the ApiVersions request, KIP-482 and KIP-584; the levels are those of Kafka's MetadataVersion.
 * @param broker `host:port`
 * @throws when the broker does not answer within 5 s
 */
export async function brokerVersion(broker: string): Promise<string> {
  return releaseOf(await metadataLevel(broker));
}

async function metadataLevel(broker: string): Promise<number | undefined> {
  const url = new URL(`kafka://${broker}`);
  const socket = connect({ host: url.hostname, port: Number(url.port), timeout: 5_000 });
  socket.on('timeout', () => socket.destroy(new Error(`${broker} does not answer`)));
  try {
    await once(socket, 'connect');
    socket.write(apiVersionsRequest());
    const chunks: Buffer[] = [];
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      const received = Buffer.concat(chunks);
      if (received.length >= 4 && received.length >= 4 + received.readInt32BE(0))
        return newestMetadataVersion(received);
    }
    throw new Error(`${broker} closed the connection: not a Kafka, or one that wants TLS`);
  } finally {
    socket.destroy();
  }
}

const compact = (text: string): Buffer => Buffer.concat([Buffer.of(text.length + 1), Buffer.from(text)]);

/** ApiVersions, version 3: the first that tells features. */
function apiVersionsRequest(): Buffer {
  const header = Buffer.from([0, 18, 0, 3, 0, 0, 0, 1, 0xff, 0xff, 0]);
  const body = Buffer.concat([header, compact('kasir'), compact('1'), Buffer.of(0)]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
}

const nothingTagged = 0;
const supportedFeatures = 0;

function newestMetadataVersion(response: Buffer): number | undefined {
  const reader = new Reader(response, 'size, correlation id'.split(',').length * 4);
  reader.skip(2);
  reader.each(() => reader.skip(6));
  reader.skip(4);
  for (let tags = reader.varint(); tags > nothingTagged; tags -= 1) {
    const [tag, size] = [reader.varint(), reader.varint()];
    if (tag !== supportedFeatures) reader.skip(size);
    else return new Map(reader.each(() => [reader.text(), reader.maximum()] as const)).get('metadata.version');
  }
  return undefined;
}

/** Kafka's flexible encoding, as far as this one answer needs it. */
class Reader {
  constructor(
    private readonly bytes: Buffer,
    private at: number,
  ) {}

  skip(count: number): void {
    this.at += count;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes.readUInt8(this.at++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  text(): string {
    const size = this.varint() - 1;
    this.at += size;
    return this.bytes.toString('utf8', this.at - size, this.at);
  }

  /** Of a lowest and a highest version. */
  maximum(): number {
    this.at += 4;
    return this.bytes.readInt16BE(this.at - 2);
  }

  each<Item>(readItem: () => Item): Item[] {
    const items = Array.from({ length: this.varint() - 1 }, () => {
      const item = readItem();
      this.endOfItem();
      return item;
    });
    return items;
  }

  private endOfItem(): void {
    for (let tags = this.varint(); tags > 0; tags -= 1) {
      this.varint();
      this.skip(this.varint());
    }
  }
}

/** First level of each release. */
const releases: readonly (readonly [level: number, release: string])[] = [
  [34, '4.5'],
  [31, '4.4'],
  [30, '4.3'],
  [28, '4.2'],
  [26, '4.1'],
  [22, '4.0'],
  [21, '3.9'],
  [20, '3.8'],
  [15, '3.7'],
];

function releaseOf(level: number | undefined): string {
  if (level === undefined) return 'older than 3.3';
  const release = releases.find(([first]) => level >= first)?.[1] ?? 'older than 3.7';
  return `${release} (metadata.version level ${level})`;
}
