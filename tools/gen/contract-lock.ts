import { z } from 'zod';

export type Schema = { [keyword: string]: unknown };
/** Who reads a value that the other side wrote: what is sent to us is an input, what we send is an output. */
type Direction = 'input' | 'output';
/** Every value that travels between processes or to clients, by its name: `rpc.rooms.join input`, `job files.extract`, `frame read`… */
export type Lock = Record<string, Schema>;

/** What the lock is made of; by shape, because the tools are checked for what Node can strip and the libs are not. */
export type Locked = {
  rpcs: Record<string, Record<string, { subject: string; input: z.ZodType; output: z.ZodType }>>;
  told: { subject: string; payload: z.ZodType }[];
  jobs: { queue: string; payload: z.ZodType }[];
  clientFrames: Record<string, z.ZodType>;
  serverFrames: Record<string, z.ZodType>;
};

const schemaOf = (schema: z.ZodType, io: Direction): Schema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Schema;
  return rest;
};

const jobName = ({ queue, payload }: Locked['jobs'][number]) => ({ name: `job ${queue}`, payload });

/** The schemas as they are now. */
export function lockOf({ rpcs, told, jobs, clientFrames, serverFrames }: Locked): Lock {
  const lock: Lock = {};
  for (const rpc of Object.values(rpcs).flatMap((calls) => Object.values(calls))) {
    lock[`${rpc.subject} input`] = schemaOf(rpc.input, 'input');
    lock[`${rpc.subject} output`] = schemaOf(rpc.output, 'output');
  }
  const toEachOther = [...told.map(({ subject, payload }) => ({ name: subject, payload })), ...jobs.map(jobName)];
  // Services write these and services read them, old ones what new ones wrote and new ones what old ones did.
  for (const { name, payload } of toEachOther) for (const io of ['input', 'output'] as const) lock[`${name} ${io}`] = schemaOf(payload, io);
  for (const [event, schema] of Object.entries(clientFrames)) lock[`frame ${event} input`] = schemaOf(schema, 'input');
  for (const [event, schema] of Object.entries(serverFrames)) lock[`frame ${event} output`] = schemaOf(schema, 'output');
  return Object.fromEntries(Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What the present contracts break of the locked ones, in words. During a deploy old and new processes talk to each
 * other: a reader must still understand what the other side wrote before.
 */
export function breaksOf(locked: Lock, present: Lock): string[] {
  return Object.entries(locked).flatMap(([name, before]) => {
    const now = present[name];
    const direction: Direction = name.endsWith(' input') ? 'input' : 'output';
    return now
      ? compare(before, now, { at: name, direction, defs: { before, now } })
      : [`${name} is gone: keep it, and add the new one beside it`];
  });
}

type Where = { at: string; direction: Direction; defs: { before: Schema; now: Schema } };

function compare(before: Schema, now: Schema, where: Where, depth = 0): string[] {
  // A schema that contains itself has been compared once by then.
  if (depth > 12) return [];
  const [old, fresh] = [resolve(before, where.defs.before), resolve(now, where.defs.now)];
  const inside = (key: string): Where => ({ ...where, at: `${where.at} ${key}` });
  // Null as well as before takes nothing away from who sends.
  const taken = where.direction === 'input' && !isNullable(old) ? withoutNull(fresh, where.defs.now) : fresh;
  // A choice takes what one of its alternatives takes.
  if (where.direction === 'input' && (isAlternative(old) || isAlternative(taken)))
    return [...typeBreaks(old, fresh, where), ...alternativeBreaks(old, taken, { where, depth })];
  return [
    ...typeBreaks(old, fresh, where),
    ...valueBreaks(old, taken, where),
    ...limitBreaks(old, taken, where),
    ...ruleBreaks(old, taken, where),
    ...fieldBreaks(old, taken, where),
    ...Object.entries(fields(old)).flatMap(([key, schema]) => {
      const kept = fields(taken)[key];
      return kept ? compare(schema, kept, inside(key), depth + 1) : [];
    }),
    ...alternativeBreaks(old, taken, { where, depth }),
    ...['items', 'additionalProperties'].flatMap((key) => {
      const [was, is] = [old[key], fresh[key]];
      return isSchema(was) && isSchema(is) ? compare(was, is, inside(key === 'items' ? '[]' : '{}'), depth + 1) : [];
    }),
    ...positions(old).flatMap((was, index) => {
      const is = positions(fresh)[index];
      return is ? compare(was, is, inside(`[${index}]`), depth + 1) : [];
    }),
  ];
}

/** `undefined` where a schema says nothing about it, which takes everything. */
function typeBreaks(old: Schema, fresh: Schema, { at, direction }: Where): string[] {
  const [narrow, wide] = direction === 'input' ? [old, fresh] : [fresh, old];
  const [taken, given] = [typesOf(wide), typesOf(narrow)];
  const typeIsKept =
    !taken || (given !== undefined && given.every((type) => taken.includes(type) || (type === 'integer' && taken.includes('number'))));
  return typeIsKept ? [] : [`${at} was ${String(typesOf(old))} and is ${String(typesOf(fresh))}: add a field of the new type beside it`];
}

/** Which values a schema lists, where it takes no others. */
const valuesOf = (schema: Schema): unknown[] | undefined =>
  'const' in schema ? [schema['const']] : (schema['enum'] as unknown[] | undefined);

/** Whoever is sent another value than before is to expect that; whoever sent one may go on. */
function valueBreaks(old: Schema, fresh: Schema, { at, direction }: Where): string[] {
  const [sent, taken] = [valuesOf(old), valuesOf(fresh)];
  if (direction === 'output' || !taken) return [];
  if (!sent) return [`${at} takes nothing but ${taken.map((value) => JSON.stringify(value)).join(', ')}: take what was taken before`];
  return sent.filter((value) => !taken.includes(value)).map((value) => `${at} no longer takes ${JSON.stringify(value)}: go on taking it`);
}

const UPPER = ['maxLength', 'maximum', 'maxItems', 'exclusiveMaximum'] as const;
const LOWER = ['minLength', 'minimum', 'minItems', 'exclusiveMinimum'] as const;
/** Of two of these, none can tell which takes more. */
const RULES = ['pattern', 'format', 'multipleOf', 'propertyNames', 'contentEncoding', 'allOf', 'not'] as const;

/** Only what is sent to us: a stricter reader refuses what an older sender may still send. */
function limitBreaks(old: Schema, fresh: Schema, { at, direction }: Where): string[] {
  if (direction === 'output') return [];
  const tighter = (key: string, is: (before: number, now: number) => boolean) =>
    typeof fresh[key] === 'number' &&
    (typeof old[key] !== 'number' ? !/^min(Length|Items)$/.test(key) || Number(fresh[key]) > 0 : is(Number(old[key]), Number(fresh[key])));
  return [
    ...UPPER.filter((key) => tighter(key, (before, now) => now < before)),
    ...LOWER.filter((key) => tighter(key, (before, now) => now > before)),
  ].map((key) => `${at} is narrower (${key} ${String(old[key] ?? 'not set')} → ${String(fresh[key])}): take what was taken before`);
}

function ruleBreaks(old: Schema, fresh: Schema, { at, direction }: Where): string[] {
  if (direction === 'output') return [];
  const isStrict = (schema: Schema) => schema['additionalProperties'] === false;
  return [
    ...RULES.filter((key) => fresh[key] !== undefined && JSON.stringify(fresh[key]) !== JSON.stringify(old[key])).map(
      (key) => `${at} has another ${key}: take what was taken before`,
    ),
    ...(isStrict(fresh) && !isStrict(old) ? [`${at} refuses fields that it does not know: drop them, as before`] : []),
    ...(positions(fresh).length !== positions(old).length ? [`${at} has another number of places: take what was taken before`] : []),
  ];
}

function fieldBreaks(old: Schema, fresh: Schema, { at, direction }: Where): string[] {
  const [before, now] = [fields(old), fields(fresh)];
  if (!('properties' in old)) return [];
  const demanded = required(fresh).filter((key) => !required(old).includes(key));
  const dropped = required(old).filter((key) => !required(fresh).includes(key) && key in now);
  return [
    ...Object.keys(before)
      .filter((key) => !(key in now) && fresh['additionalProperties'] !== true)
      .map((key) => `${at} ${key} is gone: keep it for a release, and add the new field beside it`),
    ...(direction === 'input' ? demanded.map((key) => `${at} ${key} is required now: give it a default`) : []),
    ...(direction === 'output' ? dropped.map((key) => `${at} ${key} may be missing now: go on sending it`) : []),
  ];
}

/** Alternatives are told apart by their constant field (`type` of an entry), else by their JSON type. */
function alternativeBreaks(old: Schema, fresh: Schema, { where, depth }: { where: Where; depth: number }): string[] {
  if (!isAlternative(old) && !isAlternative(fresh)) return [];
  const [before, now] = [alternatives(old, where.defs.before), alternatives(fresh, where.defs.now)];
  const { direction, at } = where;
  return [...before].flatMap(([key, schema]) => {
    const against = (kept: Schema) => compare(schema, kept, { ...where, at: `${at} (${key})` }, depth + 1);
    const kept = now.get(key);
    if (direction === 'output') return kept ? against(kept) : now.size > 1 ? [`${at} (${key}) is gone: keep it for a release`] : [];
    if ([...now.values()].some((one) => against(one).length === 0)) return [];
    return kept ? against(kept) : [`${at} (${key}) is gone: keep it for a release`];
  });
}

const isAlternative = (schema: Schema): boolean => 'anyOf' in schema || 'oneOf' in schema;

/** By what tells them apart; what is no choice is a choice of one. */
function alternatives(schema: Schema, root: Schema): Map<string, Schema> {
  const all = ((schema['anyOf'] ?? schema['oneOf'] ?? [schema]) as Schema[]).map((one) => resolve(one, root));
  const named = new Map<string, Schema>();
  for (const one of all) {
    const name = discriminator(one) ?? String(one['type'] ?? 'any');
    const others = [...named.keys()].filter((key) => key === name || key.startsWith(`${name} #`)).length;
    named.set(others === 0 ? name : `${name} #${others + 1}`, one);
  }
  return named;
}

const positions = (schema: Schema) => (schema['prefixItems'] ?? []) as Schema[];

const discriminator = (schema: Schema): string | undefined =>
  Object.entries(fields(schema)).flatMap(([key, field]) => ('const' in field ? [`${key} ${String(field['const'])}`] : []))[0];

function resolve(schema: Schema, root: Schema): Schema {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const found = ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Schema | undefined)?.[key], root);
  return isSchema(found) ? found : {};
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const fields = (schema: Schema) => (schema['properties'] ?? {}) as Record<string, Schema>;
const required = (schema: Schema) => (schema['required'] ?? []) as string[];

const isNull = (schema: Schema): boolean => schema['type'] === 'null';
const isNullable = (schema: Schema): boolean => ((schema['anyOf'] ?? []) as Schema[]).some(isNull);

/** What else a schema takes, where that is one thing. */
function withoutNull(schema: Schema, root: Schema): Schema {
  const others = ((schema['anyOf'] ?? []) as Schema[]).filter((one) => !isNull(one));
  return isNullable(schema) && others.length === 1 ? resolve(others[0]!, root) : schema;
}

function typesOf(schema: Schema): string[] | undefined {
  const alternatives = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (alternatives) {
    const types = alternatives.map(typesOf);
    return types.some((type) => type === undefined) ? undefined : types.flatMap((type) => type ?? []);
  }
  const type = schema['type'];
  return type === undefined ? undefined : ([type].flat() as string[]);
}
