import type { z } from 'zod';

/** Whether a type is for what one sends or for what one gets: defaults may be left out of the former. */
export type Side = 'input' | 'output';

type Def = {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  items?: z.ZodType[];
  left?: z.ZodType;
  right?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  shape?: Record<string, z.ZodType>;
  catchall?: z.ZodType;
  values?: unknown[];
  entries?: Record<string, string | number>;
};
type Printer = (def: Def, print: (schema: z.ZodType) => string, side: Side) => string;

const defOf = (schema: z.ZodType) => schema._zod.def as unknown as Def;
/** Names that need quotes in a type get them. */
const keyOf = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`);
const listed = (types: string[], by: string) => [...new Set(types)].join(` ${by} `);
const inBrackets = (type: string) => (/[|&]/.test(type) ? `(${type})` : type);
const literal = (value: unknown) => (typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value));
const inner: Printer = ({ innerType }, print) => print(innerType!);

function objectType({ shape = {}, catchall }: Def, print: (schema: z.ZodType) => string, side: Side): string {
  const fields = Object.entries(shape).map(([name, schema]) => {
    const { optin, optout } = schema._zod;
    const optional = (side === 'input' ? optin : optout) !== undefined;
    const type = print(schema);
    return `${keyOf(name)}${optional ? '?' : ''}: ${optional ? type.replace(/ \| undefined$/, '') : type}`;
  });
  if (catchall && defOf(catchall).type !== 'never') fields.push(`[key: string]: ${print(catchall)}`);
  return fields.length === 0 ? 'Record<string, never>' : `{ ${fields.join('; ')} }`;
}

const same =
  (type: string): Printer =>
  () =>
    type;
const PRINTERS: Record<string, Printer> = {
  string: same('string'),
  number: same('number'),
  boolean: same('boolean'),
  null: same('null'),
  undefined: same('undefined'),
  unknown: same('unknown'),
  any: same('unknown'),
  never: same('never'),
  literal: ({ values = [] }) => listed(values.map(literal), '|'),
  enum: ({ entries = {} }) => listed(Object.values(entries).map(literal), '|'),
  object: objectType,
  array: ({ element }, print) => `${inBrackets(print(element!))}[]`,
  tuple: ({ items = [] }, print) => `[${items.map(print).join(', ')}]`,
  record: ({ keyType, valueType }, print) => `Record<${print(keyType!)}, ${print(valueType!)}>`,
  union: ({ options = [] }, print) => listed(options.map(print), '|'),
  intersection: ({ left, right }, print) => `${inBrackets(print(left!))} & ${inBrackets(print(right!))}`,
  nullable: ({ innerType }, print) => listed([print(innerType!), 'null'], '|'),
  optional: ({ innerType }, print) => listed([print(innerType!), 'undefined'], '|'),
  default: ({ innerType }, print, side) => (side === 'input' ? listed([print(innerType!), 'undefined'], '|') : print(innerType!)),
  prefault: ({ innerType }, print, side) => (side === 'input' ? listed([print(innerType!), 'undefined'], '|') : print(innerType!)),
  nonoptional: inner,
  readonly: inner,
  catch: inner,
  transform: same('unknown'),
  // What a function makes of a value is of the same type in this contract; the test of the package compares all of them.
  pipe: ({ in: from, out: to }, print, side) => print(side === 'input' || defOf(to!).type === 'transform' ? from! : to!),
};

/** Writes the TypeScript types of schemas, by name where a schema is one of those that have one. */
export function typePrinter(names: ReadonlyMap<z.ZodType, string>) {
  const met = new Set<string>();
  /** The type in full, also where it has a name. */
  const written = (schema: z.ZodType, side: Side): string => {
    const def = defOf(schema);
    const printer = PRINTERS[def.type];
    if (!printer) throw new Error(`tools/sdk/zod-types.ts does not know how to write "${def.type}"`);
    return printer(def, (part) => typeOf(part, side), side);
  };
  /** A name stands for what one gets; where one sends something else, that is written in full. */
  const typeOf = (schema: z.ZodType, side: Side): string => {
    const name = names.get(schema);
    if (name === undefined || (side === 'input' && written(schema, 'input') !== written(schema, 'output'))) return written(schema, side);
    met.add(name);
    return name;
  };
  return { written, typeOf, met };
}
