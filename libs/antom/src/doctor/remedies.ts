import { type Cause, type Finding } from './case.js';

const remedies: Readonly<Record<Cause, string>> = {
  'path prefix cut off':
    'Antom signs the path that it calls. Tell the service what the proxy cuts off (WEBHOOK_PATH_PREFIX), or stop cutting.',
  'path prefix added': 'A proxy puts something before the path that Antom called. Verify against the public path.',
  'other path': 'Verify against the path that Antom called: a proxy or a router has rewritten it.',
  query: 'Register the notify address without a query: Antom’s own code disagrees on whether it is signed.',
  'other method': 'Verify against the method that Antom used: it always calls with POST.',
  'body re-serialised':
    'Verify the bytes that arrived, before anything parses them. A body parser or a proxy has printed the JSON again.',
  'body changed': 'What arrived is not what Antom sent. Look at what stands between Antom and the service.',
  'other client id': 'The call is meant for another merchant account. Compare ANTOM_CLIENT_ID with the dashboard.',
  'environment mixed up':
    'Sandbox and production have different client ids, keys and notify addresses. Take all of them from the same one.',
  'wrong time header':
    'A notification is signed with its Request-Time exactly as sent, an answer with its Response-Time.',
  'other key':
    'Fetch Antom’s public key of this client id and key version from the dashboard (Developer, Quick start).',
  'own key trusted':
    'What is configured as Antom’s public key is our own. Antom shows its key beside the field for ours.',
  'not URL-encoded':
    'We accept it; Antom’s own SDKs disagree. If a proxy decodes header values, make it leave them alone.',
  'header decoded wrongly': 'Something has decoded or rewritten the Signature header. Pass it on as it came.',
  'missing segment': 'The header must have the form algorithm=RSA256,keyVersion=1,signature=…',
  'missing header': 'Pass on the headers Client-Id, Request-Time and Signature: without them nothing can be verified.',
  'other algorithm': 'Antom signs with RSA256. The header comes from somewhere else, or has been changed.',
};

export const finding = (cause: Cause, detail: string): Finding => ({ cause, detail, remedy: remedies[cause] });
