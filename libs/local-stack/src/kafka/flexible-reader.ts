/** Kafka's flexible encoding, as far as one answer needs it. */
export class FlexibleReader {
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

  int16(): number {
    this.at += 2;
    return this.bytes.readInt16BE(this.at - 2);
  }

  each<Item>(readItem: () => Item): Item[] {
    return Array.from({ length: this.varint() - 1 }, () => {
      const item = readItem();
      this.endOfItem();
      return item;
    });
  }

  private endOfItem(): void {
    for (let tags = this.varint(); tags > 0; tags -= 1) {
      this.varint();
      this.skip(this.varint());
    }
  }
}
