const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Nobody's request is nested so deeply; whoever walks through one needs an end. */
const deepest = 64;

/** A body as JSON; undefined where it is none, is not UTF-8, or is nested too deeply. */
export function parseBody(raw: Uint8Array): unknown {
  try {
    const body = JSON.parse(utf8.decode(raw)) as unknown;
    return isDeeper(body, deepest) ? undefined : body;
  } catch {
    return undefined;
  }
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));
