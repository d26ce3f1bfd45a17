import { type EventContract, type TopicContract } from '@kasir/contracts';
import { z } from 'zod';

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Draft = 'draft-2020-12' | 'draft-7';

/** What an event's data must look like for a reader: the form that every writer's message fits and strangers' fields do not break. */
export function dataSchemaOf({ data }: EventContract, target: Draft): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(data, { io: 'input', target, override: withoutTwins });
  return schema;
}

/** zod prints a format's regular expression beside it: too long to read, and another one after its next release. */
function withoutTwins({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

/** The value of `ce_dataschema`. */
export const schemaName = (topic: TopicContract, { type }: EventContract): string => `urn:kasir:${topic.name}:${type}`;
