import { framesOf } from './profiler.js';

const frame = (functionName: string, url = '', lineNumber = -1) => ({ functionName, url, lineNumber });

describe('the frames of a profile', () => {
  const nodes = [
    { id: 1, callFrame: frame('(root)'), children: [2, 3] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('handle', 'file:///home/me/kasir/apps/order/dist/src/x.js', 9), children: [4] },
    { id: 4, callFrame: frame('', 'file:///home/me/kasir/node_modules/pg/lib/client.js', 0) },
  ];

  it('add up what each called, in milliseconds, without idle time', () => {
    const tree = framesOf({ nodes, samples: [2, 3, 4, 4], timeDeltas: [9_000, 1_000, 2_000, 2_000] });
    expect(tree).toMatchObject({ name: '(root)', value: 5, children: [{ value: 5, children: [{ value: 4 }] }] });
  });

  it('name function, file and line, and nothing of this machine', () => {
    const [handler] = framesOf({ nodes, samples: [4], timeDeltas: [1_000] }).children;
    expect(handler!.name).toBe('handle apps/order/dist/src/x.js:10');
    expect(handler!.children[0]!.name).toBe('(anonymous) pg/lib/client.js:1');
  });
});
