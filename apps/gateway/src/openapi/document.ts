import { headerDescriptions, type HeaderName, type Operation, operations, type Outcome } from './operations.js';
import { printedSchemas, refTo } from './schemas.js';

const problemTitles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood; `errors` names each field',
  401: 'No token or secret key, or a bad one; `code` says which check failed',
  403: 'Only the merchant’s server may do this',
  404: 'There is no such thing, or it belongs to another order',
  409: 'Another payment or refund stands against it',
  413: 'The body is too large',
  415: 'The body must be JSON',
  422: 'The request was understood, and what it says is wrong',
  503: 'Come again after a while',
};

const requestHeaders = {
  'Idempotency-Key': {
    ...{ name: 'Idempotency-Key', in: 'header', required: true },
    description: 'one for each thing that is wanted; repeat it with every repetition of the request',
    schema: { type: 'string', pattern: '^[ -~]{1,255}$' },
  },
  Prefer: {
    ...{ name: 'Prefer', in: 'header', required: false },
    description: '`wait=N`: wait so many seconds for the answer, 10 unless given and 30 at most',
    schema: { type: 'string', examples: ['wait=10'] },
  },
};

/** The gateway's interface as OpenAPI 3.1. */
export const openApiDocument = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Kasir gateway',
    version: '1',
    description: 'Payments through bank apps and bank transfers, for apps and for merchants’ servers',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  paths: pathsOf(operations),
  components: {
    schemas: printedSchemas(),
    securitySchemes: {
      checkoutToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'signed by the shop for one order',
      },
      secretKey: { type: 'http', scheme: 'bearer', description: 'of a merchant’s server; never in an app' },
    },
  },
});

function pathsOf(all: readonly Operation[]): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of all)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: printed(operation) };
  return paths;
}

const printed = ({ id, summary, path, headers = [], body, outcomes, problems, ...operation }: Operation) => ({
  operationId: id,
  summary,
  security: operation.for === 'app' ? [{ checkoutToken: [] }, { secretKey: [] }] : [{ secretKey: [] }],
  parameters: [...idsIn(path), ...headers.map((name) => requestHeaders[name])],
  ...(body === undefined
    ? {}
    : { requestBody: { required: true, content: { 'application/json': { schema: anyOf(body) } } } }),
  responses: {
    ...Object.fromEntries(Object.entries(outcomes).map(([status, outcome]) => [status, printedOutcome(outcome)])),
    ...Object.fromEntries(problems.map((status) => [status, printedProblem(status)])),
  },
});

const idsIn = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const anyOf = (names: NonNullable<Operation['body']>) =>
  names.length === 1 ? refTo(names[0]!) : { anyOf: names.map(refTo) };

const printedOutcome = ({ says, body, headers = [], type = 'application/json' as const }: Outcome | StreamOutcome) => ({
  description: says,
  ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers.map((name) => [name, headerOf(name)])) }),
  // OpenAPI 3.1 cannot say what one event of a stream looks like.
  content: { [type]: { schema: type === 'application/json' ? refTo(body) : { type: 'string' } } },
});
type StreamOutcome = Omit<Outcome, 'type'> & { readonly type?: 'application/json' | 'text/event-stream' };

const headerOf = (name: HeaderName) => ({ description: headerDescriptions[name], schema: { type: 'string' } });

const printedProblem = (status: number) => ({
  description: problemTitles[status],
  content: { 'application/problem+json': { schema: refTo('Problem') } },
});
