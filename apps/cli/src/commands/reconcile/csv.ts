/** A record of a file, with the line that it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** What is wrong with a file, and where. Lines and columns count from 1; a column is a field. */
export class CsvProblem extends Error {
  override readonly name = 'CsvProblem';
  constructor(
    readonly line: number,
    readonly column: number,
    readonly complaint: string,
  ) {
    super(`line ${line}, column ${column}: ${complaint}`);
  }
}

/**
 * Reads comma-separated values as RFC 4180 writes them: lines end in CRLF or LF, a field with a comma, a quote or a line
 * break stands in quotes, and a quote in it is written twice. Nothing is guessed: whatever else is there is a problem.
 * @throws CsvProblem
 */
export function parseCsv(text: string): CsvRecord[] {
  const reader = new Reader(text.startsWith('\ufeff') ? text.slice(1) : text);
  const records: CsvRecord[] = [];
  while (!reader.isAtEnd) records.push(reader.record());
  return records;
}

class Reader {
  #at = 0;
  #line = 1;
  #column = 1;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.#at >= this.text.length;
  }

  record(): CsvRecord {
    const line = this.#line;
    this.#column = 1;
    const fields = [this.#field()];
    while (this.#take(',')) {
      this.#column++;
      fields.push(this.#field());
    }
    this.#endOfLine();
    return { line, fields };
  }

  #field(): string {
    if (this.#take('"')) return this.#quoted();
    const [plain = ''] = this.#match(/[^",\r\n]*/y);
    if (this.text[this.#at] === '"') throw this.#problem('a quote in a field that has none around it');
    return plain;
  }

  #quoted(): string {
    const begins = new CsvProblem(this.#line, this.#column, 'the quote that begins here never ends');
    let value = '';
    for (;;) {
      const [part = ''] = this.#match(/[^"]*/y);
      value += part;
      this.#line += part.split('\n').length - 1;
      if (!this.#take('"')) throw begins;
      if (!this.#take('"')) return value;
      value += '"';
    }
  }

  #endOfLine(): void {
    if (this.isAtEnd) return;
    if (!this.#take('\r\n') && !this.#take('\n'))
      throw this.#problem(
        this.text[this.#at] === '\r' ? 'a carriage return without its line feed' : 'something after the closing quote',
      );
    this.#line++;
  }

  #take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  #match(pattern: RegExp): readonly string[] {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text) ?? [];
    this.#at += found[0]?.length ?? 0;
    return found;
  }

  #problem(complaint: string): CsvProblem {
    return new CsvProblem(this.#line, this.#column, complaint);
  }
}
