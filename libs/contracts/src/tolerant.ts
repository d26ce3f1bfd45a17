import { z } from 'zod';

const leaves: readonly string[] = ['string', 'number', 'boolean', 'enum', 'literal', 'null'];

/**
 * The same schema for a reader: it drops fields it does not know, at every depth, where a strict one refuses them. A
 * field that is added later then stops nobody.
 * @throws Error for a kind of schema that no JSON Schema can print
 */
export const tolerant = <Schema extends z.ZodType>(schema: Schema): Schema => rebuilt(schema) as Schema;

function rebuilt(schema: z.core.$ZodType): z.core.$ZodType {
  const made = withTolerantParts(schema);
  const about = z.globalRegistry.get(schema);
  if (made !== schema && about !== undefined) z.globalRegistry.add(made, about);
  return made;
}

function withTolerantParts(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodObject) return tolerantObject(schema);
  if (schema instanceof z.ZodOptional) return schema.clone({ ...schema.def, innerType: rebuilt(schema.def.innerType) });
  if (schema instanceof z.ZodNullable) return schema.clone({ ...schema.def, innerType: rebuilt(schema.def.innerType) });
  if (schema instanceof z.ZodArray) return schema.clone({ ...schema.def, element: rebuilt(schema.def.element) });
  if (schema instanceof z.ZodRecord) return schema.clone({ ...schema.def, valueType: rebuilt(schema.def.valueType) });
  if (schema instanceof z.ZodUnion) return schema.clone({ ...schema.def, options: schema.def.options.map(rebuilt) });
  const { type } = schema._zod.def;
  if (leaves.includes(type)) return schema;
  throw new Error(`a contract cannot use a schema of the kind ${type}: it has no plain form on the wire`);
}

function tolerantObject(schema: z.ZodObject): z.ZodObject {
  const { catchall, ...def } = schema.def;
  const shape = Object.fromEntries(Object.entries(def.shape).map(([name, field]) => [name, rebuilt(field)]));
  const refusesStrangers = catchall instanceof z.ZodNever;
  return schema.clone({
    ...def,
    shape,
    ...(catchall === undefined || refusesStrangers ? {} : { catchall: rebuilt(catchall) }),
  });
}
