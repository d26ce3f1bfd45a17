const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a body as JSON. Undefined when it is not UTF-8 or not JSON. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body)) as unknown;
  } catch {
    return undefined;
  }
}
