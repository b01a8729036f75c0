import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;
type Direction = 'input' | 'output';

/**
 * JSON schemas of our zod schemas, named ones gathered once as components. What clients send is described before
 * defaults are filled in, what they get after.
 */
export class JsonSchemas {
  readonly components: Record<string, JsonSchema> = {};

  of(schema: z.ZodType, direction: Direction): JsonSchema {
    // Wrapped, so that a schema with a name of its own becomes a reference too.
    const whole = z.toJSONSchema(z.object({ schema }), { io: direction, unrepresentable: 'any', override: readable }) as JsonSchema;
    const { $defs = {}, properties } = whole as { $defs?: Record<string, JsonSchema>; properties: { schema: JsonSchema } };
    for (const [name, definition] of Object.entries($defs)) this.add(name, withComponentRefs(withoutIds(definition)));
    return withComponentRefs(properties.schema);
  }

  private add(name: string, definition: JsonSchema): void {
    const known = this.components[name];
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) {
      throw new Error(`the schema named ${name} looks different as input and as output: give one of them its own name`);
    }
    this.components[name] = definition;
  }
}

/** Readers ignore what they do not know, so the documents must not say that there is nothing else. */
function readable({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema['additionalProperties'] === false) delete jsonSchema['additionalProperties'];
}

function withoutIds({ id: _id, $id: _dollarId, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

function withComponentRefs<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as T;
}
