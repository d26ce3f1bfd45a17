import { once } from 'node:events';
import { connect } from 'node:net';
import { FlexibleReader } from './flexible-reader.js';

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

const sizeAndCorrelationId = 8;
const noError = 0;
const apiKeyWithItsVersions = 6;
const throttleTime = 4;
const supportedFeatures = 0;

function newestMetadataVersion(response: Buffer): number | undefined {
  const reader = new FlexibleReader(response, sizeAndCorrelationId);
  if (reader.int16() !== noError) return undefined;
  reader.each(() => reader.skip(apiKeyWithItsVersions));
  reader.skip(throttleTime);
  for (let tags = reader.varint(); tags > 0; tags -= 1) {
    const [tag, size] = [reader.varint(), reader.varint()];
    if (tag !== supportedFeatures) reader.skip(size);
    else return new Map(reader.each(() => [reader.text(), newestOf(reader)] as const)).get('metadata.version');
  }
  return undefined;
}

/** Of a lowest and a highest version. */
function newestOf(reader: FlexibleReader): number {
  reader.int16();
  return reader.int16();
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
