import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

export type Schema = Record<string, unknown>;

/** Wherever a code of an error stands, all of them may; once is enough to count them. */
const MANY = 50;
/** Keyword for a field, a value of a closed set, or a null: where it stands in the document. */
const TOLD = 'x-told';

/**
 * The schemas of a generated document, held to the letter: a field that it does not tell is refused. What it tells is
 * in `told`, and what a checked value had of that in `seen`.
 */
export class StrictSchemas {
  readonly told = new Set<string>();
  readonly seen = new Set<string>();
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(components: Record<string, Schema>) {
    this.ajv.addKeyword({
      keyword: TOLD,
      validate: (place: string) => {
        this.seen.add(place);
        return true;
      },
    });
    for (const [name, schema] of Object.entries(components)) this.ajv.addSchema(this.strict(schema, name), refOf(name));
  }

  /** Learns a schema, whose fields are told under this name. */
  add(name: string, schema: Schema): void {
    this.compiled.set(name, this.ajv.compile(this.strict(schema, name)));
  }

  /** What is wrong with a value, in words; nothing where it keeps the promise. */
  faults(name: string, value: unknown): string | undefined {
    const validate = this.compiled.get(name);
    if (!validate) throw new Error(`no schema was added as ${name}`);
    return validate(value) ? undefined : (validate.errors ?? []).map(inWords).join('; ');
  }

  private strict(schema: Schema, place: string): Schema {
    const { properties, items, anyOf, oneOf, additionalProperties, enum: values, ...rest } = schema;
    const cases = (anyOf ?? oneOf) as Schema[] | undefined;
    const strict: Schema = { ...rest };
    if (properties) {
      strict['properties'] = this.strictFields(properties as Record<string, Schema>, place);
      strict['additionalProperties'] = additionalProperties ?? false;
    } else if (additionalProperties) {
      strict['additionalProperties'] = this.strict(additionalProperties as Schema, `${place}.*`);
    }
    if (items) strict['items'] = this.strict(items as Schema, `${place}[]`);
    if (cases) strict['anyOf'] = cases.map((one) => this.strictCase(one, place));
    if (Array.isArray(values) && (values.length < MANY || place === 'Problem.code')) {
      strict['anyOf'] = values.map((value) => this.tell({ const: value as unknown }, `${place} = ${value}`));
    } else if (values) strict['enum'] = values;
    return strict;
  }

  /** What tells the cases of a union apart comes first, so that no field of another case counts as seen. */
  private strictFields(fields: Record<string, Schema>, place: string): Record<string, Schema> {
    const ordered = Object.entries(fields).sort(([, one], [, other]) => Number('const' in other) - Number('const' in one));
    return Object.fromEntries(
      ordered.map(([name, field]) => [name, this.tell(this.strict(field, `${place}.${name}`), `${place}.${name}`)]),
    );
  }

  private strictCase(one: Schema, place: string): Schema {
    if (one['type'] === 'null') return this.tell(one, `${place} = null`);
    const kind = Object.values((one['properties'] ?? {}) as Record<string, Schema>).find((field) => 'const' in field)?.['const'];
    return this.strict(one, kind === undefined ? place : `${place}<${String(kind)}>`);
  }

  private tell(schema: Schema, place: string): Schema {
    this.told.add(place);
    return { ...schema, [TOLD]: place };
  }
}

export const refOf = (name: string): string => `#/components/schemas/${name}`;

function inWords({ instancePath, message = '', params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  return `${instancePath} ${additionalProperty === undefined ? message : `has ${additionalProperty}, which is not documented`}`.trim();
}
