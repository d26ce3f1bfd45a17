import fc from 'fast-check';
import { CsvProblem, parseCsv } from './csv.js';

const fieldsOf = (text: string) => parseCsv(text).map(({ fields }) => fields);

describe('a file of comma-separated values', () => {
  it.each([
    [
      'lines that end in LF',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'lines that end in CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a last line without its end', 'a,b', [['a', 'b']]],
    [
      'empty fields',
      ',\n,x,\n',
      [
        ['', ''],
        ['', 'x', ''],
      ],
    ],
    ['quotes, commas and line breaks in quotes', '"a ""b"", c","d\ne"\n', [['a "b", c', 'd\ne']]],
    ['an empty field in quotes', '"",x', [['', 'x']]],
    ['a byte order mark', '\ufeffa,b\n', [['a', 'b']]],
    ['nothing', '', []],
  ])('may have %s', (_, text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  it.each([
    ['a quote in the middle', 'a,b\nc,d"e\n', 2, 2, 'a quote in a field'],
    ['something after a closing quote', 'a,"b"c\n', 1, 2, 'after the closing quote'],
    ['a quote that never ends', 'a,b\n"c,\nd\n', 2, 1, 'never ends'],
    ['a carriage return alone', 'a,b\rc,d\n', 1, 2, 'carriage return'],
    ['trouble after a line break in quotes', '"a\nb",c\nd,"e"f', 3, 2, 'after the closing quote'],
  ])('with %s is refused, and the line and the column are named', (_, text, line, column, complaint) => {
    const problem = (() => {
      try {
        return parseCsv(text);
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(CsvProblem);
    expect(problem).toMatchObject({ line, column, message: expect.stringContaining(complaint) as unknown });
  });

  it('knows the line that each record begins on, line breaks in quotes included', () => {
    expect(parseCsv('a\n"b\nc"\nd\n').map(({ line }) => line)).toEqual([1, 2, 4]);
  });

  it('is read as it was written, whatever stands in it', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ก', '😀') });
    const file = fc.array(fc.array(field, { minLength: 1 }), { minLength: 1 });
    const ends = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(file, ends, (records, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = records.map((fields) => fields.map(quoted).join(',') + end).join('');
        expect(fieldsOf(text)).toEqual(records);
      }),
    );
  });

  it('is either read or refused, and nothing else', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') });
    fc.assert(
      fc.property(text, (any) => {
        try {
          expect(parseCsv(any).flatMap(({ fields }) => fields).length).toBeLessThanOrEqual(any.length + 1);
        } catch (error) {
          if (!(error instanceof CsvProblem)) throw error;
        }
      }),
    );
  });
});
