import { UsageError } from '../../command.js';

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Headers as somebody noted them: a JSON object, or one `Name: value` per line as `curl -v` and proxies print them. */
export function parseHeaders(text: string): Headers {
  return text.trimStart().startsWith('{') ? fromJson(text) : fromLines(text);
}

function fromJson(text: string): Headers {
  try {
    return JSON.parse(text) as Headers;
  } catch (error) {
    throw new UsageError(`the file of headers is no JSON: ${(error as Error).message}`);
  }
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
