import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';

/** kafkajs reads gzip and nothing else. We compress nothing, but a topic may be written by others. */
const { CompressionCodecs, CompressionTypes } = kafkajs;
const [compress, decompress] = [promisify(zstdCompress), promisify(zstdDecompress)];

CompressionCodecs[CompressionTypes.ZSTD] = () => ({
  compress: ({ buffer }: { buffer: Buffer }) => compress(buffer),
  decompress: (buffer: Buffer) => decompress(buffer),
});

/** The name is the one that makes kafkajs end a consumer instead of fetching the same records for ever. */
const unreadable = (codec: string) => (): never => {
  throw Object.assign(
    new Error(
      `a topic holds records compressed by ${codec}, which we cannot read: let their producer use gzip, zstd or nothing, and write again what it wrote`,
    ),
    { name: 'KafkaJSNotImplemented' },
  );
};
CompressionCodecs[CompressionTypes.Snappy] = unreadable('Snappy');
CompressionCodecs[CompressionTypes.LZ4] = unreadable('LZ4');
