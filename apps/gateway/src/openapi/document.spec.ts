import { readFileSync } from 'node:fs';
import { openApiDocument } from './document.js';
import { operations } from './operations.js';

describe('the printed description of the gateway', () => {
  const document = openApiDocument();

  it('is fresh: npm run docs:openapi -w @kasir/gateway prints it', () => {
    const printed = new URL('../../../../docs/openapi.json', import.meta.url);
    expect(JSON.parse(readFileSync(printed, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('names each schema that it uses', () => {
    const used = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(new Set(used).size).toBeGreaterThan(8);
    for (const name of used) expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it('lets a merchant’s server do everything, and names each operation once', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    for (const { for: who } of operations) expect(['app', 'server']).toContain(who);
  });
});
