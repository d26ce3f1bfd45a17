import { UsageError } from '../../command.js';

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Headers as somebody noted them: a JSON object, or one `Name: value` per line as `curl -v` and proxies print them. */
export function parseHeaders(text: string): Headers {
  return text.trimStart().startsWith('{') ? fromJson(text) : fromLines(text);
}

function fromJson(text: string): Headers {
  const headers = Object.entries(parsed(text)).map(([name, value]) => [name, headerValue(name, value)] as const);
  return Object.fromEntries(headers);
}

function parsed(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    throw new UsageError(`the file of headers is no JSON: ${(error as Error).message}`);
  }
}

/** A time in milliseconds may have been noted as a number. */
function headerValue(name: string, value: unknown): string | string[] {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new UsageError(`the header "${name}" is no text`);
}

function fromLines(text: string): Headers {
  const headers: Record<string, string[]> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ''] = /^[<>\s]*([A-Za-z0-9-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) (headers[name.toLowerCase()] ??= []).push(value);
  }
  if (Object.keys(headers).length === 0) throw new UsageError('the file of headers has no line "Name: value"');
  return headers;
}
