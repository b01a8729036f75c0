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

/** The schemas as they are now. */
export function lockOf({ rpcs, told, jobs, clientFrames, serverFrames }: Locked): Lock {
  const lock: Lock = {};
  for (const rpc of Object.values(rpcs).flatMap((calls) => Object.values(calls))) {
    lock[`${rpc.subject} input`] = schemaOf(rpc.input, 'input');
    lock[`${rpc.subject} output`] = schemaOf(rpc.output, 'output');
  }
  for (const { subject, payload } of told) lock[`${subject} output`] = schemaOf(payload, 'output');
  for (const { queue, payload } of jobs) lock[`job ${queue} output`] = schemaOf(payload, 'output');
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
  return [
    ...typeBreaks(old, fresh, where),
    ...limitBreaks(old, taken, where),
    ...fieldBreaks(old, taken, where),
    ...Object.entries(fields(old)).flatMap(([key, schema]) => {
      const kept = fields(taken)[key];
      return kept ? compare(schema, kept, inside(key), depth + 1) : [];
    }),
    ...alternativeBreaks(old, fresh, { where, depth }),
    ...(isSchema(old['items']) && isSchema(fresh['items']) ? compare(old['items'], fresh['items'], inside('[]'), depth + 1) : []),
  ];
}

/** `undefined` where a schema says nothing about it, which takes everything. */
function typeBreaks(old: Schema, fresh: Schema, { at, direction }: Where): string[] {
  const [narrow, wide] = direction === 'input' ? [old, fresh] : [fresh, old];
  const [taken, given] = [typesOf(wide), typesOf(narrow)];
  const typeIsKept =
    !taken || (given !== undefined && given.every((type) => taken.includes(type) || (type === 'integer' && taken.includes('number'))));
  const [allowed, sent] = [wide['enum'] as unknown[] | undefined, narrow['enum'] as unknown[] | undefined];
  const lost = direction === 'input' && allowed && sent ? sent.filter((value) => !allowed.includes(value)) : [];
  return [
    ...(typeIsKept ? [] : [`${at} was ${String(typesOf(old))} and is ${String(typesOf(fresh))}: add a field of the new type beside it`]),
    ...lost.map((value) => `${at} no longer takes ${JSON.stringify(value)}: go on taking it`),
  ];
}

const UPPER = ['maxLength', 'maximum', 'maxItems'] as const;
const LOWER = ['minLength', 'minimum', 'minItems'] as const;

/** Only what is sent to us: a stricter reader refuses what an older sender may still send. */
function limitBreaks(old: Schema, fresh: Schema, { at, direction }: Where): string[] {
  if (direction === 'output') return [];
  const tighter = (key: string, is: (before: number, now: number) => boolean) =>
    typeof fresh[key] === 'number' &&
    (typeof old[key] !== 'number' ? key.startsWith('max') || Number(fresh[key]) > 0 : is(Number(old[key]), Number(fresh[key])));
  return [
    ...UPPER.filter((key) => tighter(key, (before, now) => now < before)),
    ...LOWER.filter((key) => tighter(key, (before, now) => now > before)),
  ].map((key) => `${at} is narrower (${key} ${String(old[key] ?? 'not set')} → ${String(fresh[key])}): take what was taken before`);
}

function fieldBreaks(old: Schema, fresh: Schema, { at, direction }: Where): string[] {
  const [before, now] = [fields(old), fields(fresh)];
  if (Object.keys(before).length === 0) return [];
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
  const [before, now] = [alternatives(old, where.defs.before), alternatives(fresh, where.defs.now)];
  return [...before].flatMap(([key, schema]) => {
    const kept = now.get(key);
    if (kept) return compare(schema, kept, { ...where, at: `${where.at} (${key})` }, depth + 1);
    return now.size > 0 ? [`${where.at} (${key}) is gone: keep it for a release`] : [];
  });
}

function alternatives(schema: Schema, root: Schema): Map<string, Schema> {
  const all = ((schema['anyOf'] ?? schema['oneOf'] ?? []) as Schema[]).map((one) => resolve(one, root));
  return new Map(all.map((one, index) => [discriminator(one) ?? String(one['type'] ?? index), one]));
}

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
