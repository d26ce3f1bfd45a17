/** Ways to change a signed call. Each returns the call with something changed, or by chance unchanged. */

function mutated(bytes, { below, bytes: random }) {
  const at = below(bytes.length + 1);
  switch (below(5)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] ^= 1 << below(8);
      return flipped;
    }
    case 1:
      return Buffer.concat([bytes.subarray(0, at), random(1 + below(4)), bytes.subarray(at)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(4))]);
    case 3:
      return bytes.subarray(0, at);
    default:
      return Buffer.concat([bytes, random(1 + below(16))]);
  }
}

const mutatedText = (text, random) => mutated(Buffer.from(text, 'latin1'), random).toString('latin1');

function jsonOf(body) {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const reprinted = (body, { pick }) => {
  const value = jsonOf(body);
  if (value === undefined) return body;
  const print = pick([
    (each) => JSON.stringify(each),
    (each) => JSON.stringify(each, null, 2),
    (each) => JSON.stringify(Object.fromEntries(Object.entries(each).reverse())),
    (each) => JSON.stringify(each).replaceAll('/', '\\/'),
    (each) => `${JSON.stringify(each)}\n`,
  ]);
  return Buffer.from(print(value));
};

const base64Of = (header) => decodeURIComponent(/signature=([^,]*)/.exec(header)?.[1] ?? '');
const around = (header, signature) => header.replace(/signature=[^,]*/, `signature=${signature}`);

/** The same signed bytes, cut into parts at another dot, blank or line end. */
function recut(call, { below, pick }) {
  const joined = `${call.clientId}.${call.time}.${call.body.toString('latin1')}`;
  const dots = [...joined.matchAll(/\./g)].map(({ index }) => index);
  const first = below(dots.length - 1);
  const second = first + 1 + below(dots.length - 1 - first);
  return pick([
    () => ({
      ...call,
      clientId: joined.slice(0, dots[first]),
      time: joined.slice(dots[first] + 1, dots[second]),
      body: Buffer.from(joined.slice(dots[second] + 1), 'latin1'),
    }),
    () => ({ ...call, method: `${call.method} ${call.path.slice(0, 1)}`, path: call.path.slice(1) }),
    () => ({ ...call, method: '', path: `${call.method} ${call.path}`.trim() }),
    () => ({ ...call, path: `${call.path}\n${call.clientId}`, clientId: call.time, time: '' }),
  ])();
}

export const forgeries = {
  'body: bytes': (call, random) => ({ ...call, body: mutated(call.body, random) }),
  'body: an amount': (call, { below }) => ({
    ...call,
    body: Buffer.from(call.body.toString('utf8').replace(/"value":\s*"\d+"/, `"value":"${below(1_000_000)}"`)),
  }),
  'body: F to S': (call) => ({
    ...call,
    body: Buffer.from(call.body.toString('utf8').replaceAll('"F"', '"S"').replaceAll('FAIL', 'SUCCESS')),
  }),
  'body: printed anew': (call, random) => ({ ...call, body: reprinted(call.body, random) }),
  'body: of another call': (call, { pick }, all) => ({ ...call, body: pick(all).body }),
  'header: bytes': (call, random) => ({ ...call, header: mutatedText(call.header, random) }),
  'header: signature bytes': (call, random) => ({
    ...call,
    header: around(
      call.header,
      encodeURIComponent(mutated(Buffer.from(base64Of(call.header), 'base64'), random).toString('base64')),
    ),
  }),
  'header: random signature': (call, { bytes }) => ({
    ...call,
    header: around(call.header, encodeURIComponent(bytes(256).toString('base64'))),
  }),
  'header: other spelling': (call, { pick }) => {
    const base64 = base64Of(call.header);
    const spelt = pick([
      () => base64.replaceAll('+', ' '),
      () => base64.replaceAll('+', '-').replaceAll('/', '_'),
      () => base64.replace(/=+$/, ''),
      () => encodeURIComponent(encodeURIComponent(base64)),
      () => `${base64}\0`,
      () => base64.toLowerCase(),
    ]);
    return { ...call, header: around(call.header, spelt()) };
  },
  'header: parts': (call, { pick, below }) => {
    const parts = call.header.split(',');
    const cut = parts.filter((_, at) => at !== below(parts.length + 1));
    return { ...call, header: pick([cut, [...cut, pick(parts)], [...parts].reverse()]).join(pick([',', ', ', ';'])) };
  },
  'header: of another call': (call, { pick }, all) => ({ ...call, header: pick(all).header }),
  path: (call, random) => ({ ...call, path: mutatedText(call.path, random) }),
  time: (call, random) => ({ ...call, time: mutatedText(call.time, random) }),
  'client id': (call, random) => ({ ...call, clientId: mutatedText(call.clientId, random) }),
  method: (call, { pick }) => ({ ...call, method: pick(['GET', 'PUT', 'post', 'POST ', '']) }),
  'other cut': recut,
  'several at once': (call, random) => ({
    ...call,
    body: mutated(call.body, random),
    time: mutatedText(call.time, random),
    header: mutatedText(call.header, random),
  }),
};
