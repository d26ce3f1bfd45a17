import { readFileSync } from 'node:fs';
import { openApiDocument } from './document.js';
import { operations } from './operations.js';

type Field = { readonly description?: string; readonly $ref?: string };

/** Each field at any depth that neither has a description nor leads to a schema that has one, by its path. */
function undescribed(schema: unknown, path: string, schemas: Record<string, Field> = {}): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { properties?: Record<string, Field> };
  const isBare = ({ description, $ref = '' }: Field) =>
    (description ?? schemas[$ref.split('/').at(-1)!]?.description ?? '') === '';
  const bare = Object.entries(properties).filter(([, field]) => isBare(field));
  const inside = Object.entries(schema).flatMap(([name, part]) => undescribed(part, `${path}.${name}`, schemas));
  return [...bare.map(([name]) => `${path}.${name}`), ...inside];
}

describe('the printed description of the gateway', () => {
  const document = openApiDocument();

  it('is fresh: npm run docs:openapi -w @kasir/gateway prints it', () => {
    const printed = new URL('../../../../docs/openapi.json', import.meta.url);
    expect(JSON.parse(readFileSync(printed, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('describes every field of every view and body', () => {
    const { schemas } = document.components;
    expect(undescribed(schemas, '', schemas as Record<string, Field>)).toEqual([]);
    expect(undescribed({ properties: { id: {} }, items: { properties: { a: {} } } }, 'x')).toEqual([
      'x.id',
      'x.items.a',
    ]);
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
