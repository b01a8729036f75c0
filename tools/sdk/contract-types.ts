import { ZodType, type z } from 'zod';
import { typePrinter } from './zod-types.ts';

/** The exports of `@atrium/contracts`. */
export type Contracts = Record<string, unknown>;
type Frames = Record<string, z.ZodType>;
type Call = { input: z.ZodType; output: z.ZodType };

/** What a package takes from the contracts: names that it imports, and calls (`rooms.create`) whose types it uses. */
export type Uses = { names: ReadonlySet<string>; calls: ReadonlySet<string> };

const IMPORTS = /import (?:type )?\{([^}]*)\} from '@atrium\/contracts'|export (?:type )?\{([^}]*)\} from '@atrium\/contracts'/g;
const CALLS = /typeof (accounts|rooms|messages|files|bot)\.(\w+)/g;

/** Reads what sources import from the contracts. */
export function usesIn(sources: readonly string[]): Uses {
  const matches = (pattern: RegExp) => sources.flatMap((text) => [...text.matchAll(pattern)]);
  const names = matches(IMPORTS).flatMap(([, imported, exported]) => (imported ?? exported ?? '').split(','));
  const own = names
    .map((name) =>
      name
        .replace(/^\s*type\s/, '')
        .replace(/\sas\s.*/, '')
        .trim(),
    )
    .filter(Boolean);
  return { names: new Set(own), calls: new Set(matches(CALLS).map(([, group, call]) => `${group}.${call}`)) };
}

/** The type of a constant, as exact as the constant. */
function constantType(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `readonly [${value.map(constantType).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, part]) => `readonly ${JSON.stringify(key)}: ${constantType(part)}`)
    .join('; ')} }`;
}

/** What the contracts make of their schemas by means of TypeScript. */
const DERIVED: Record<string, string> = {
  InputOf: 'type InputOf<R extends { input: unknown }> = R["input"]',
  OutputOf: 'type OutputOf<R extends { output: unknown }> = R["output"]',
  ClientEvent: 'type ClientEvent = keyof ClientFrames',
  ClientFrame:
    'type ClientFrame<E extends keyof ClientFrames = keyof ClientFrames> = { [K in E]: { event: K; id?: string | number; data: ClientFrames[K] } }[E]',
  ServerEvent: 'type ServerEvent = keyof ServerFrames',
  ServerFrame:
    'type ServerFrame<E extends keyof ServerFrames = keyof ServerFrames> = { [K in E]: { event: K; id?: string | number; data: ServerFrames[K] } }[E]',
};

/**
 * The types of the contract as a module without a dependency, for those who have the package alone: what zod infers
 * from the schemas is written out.
 */
export function contractTypes(contracts: Contracts, uses: Uses, { constants = true } = {}): string {
  const schemas = Object.entries(contracts).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof ZodType);
  const printer = typePrinter(new Map(schemas.map(([name, schema]) => [schema, name])));
  const lines = [
    framesType('ClientFrames', contracts, (schema) => printer.typeOf(schema, 'input')),
    framesType('ServerFrames', contracts, (schema) => printer.typeOf(schema, 'output')),
    ...groupTypes(contracts, uses.calls, printer),
  ];
  const groups = new Set([...uses.calls].map((call) => call.split('.')[0]));
  for (const name of [...uses.names].sort()) {
    if (name === 'ErrorCode')
      lines.push(
        `export type ErrorCode = ${Object.keys(contracts.ERRORS as object)
          .map((code) => `'${code}'`)
          .join(' | ')};`,
      );
    else if (DERIVED[name]) lines.push(`export ${DERIVED[name]};`);
    else if (contracts[name] instanceof ZodType) printer.met.add(name);
    else if (!(name in contracts)) throw new Error(`tools/sdk/contract-types.ts does not know the type ${name} of the contracts`);
    else if (constants && !groups.has(name)) lines.push(`export declare const ${name}: ${constantType(contracts[name])};`);
  }
  return `${[...namedTypes(contracts, printer), ...lines].join('\n')}\n`;
}

function framesType(name: string, contracts: Contracts, typeOf: (schema: z.ZodType) => string): string {
  const frames = Object.entries(contracts[name] as Frames).map(([event, schema]) => `'${event}': ${typeOf(schema)}`);
  return `export type ${name} = { ${frames.join('; ')} };`;
}

function groupTypes(contracts: Contracts, calls: ReadonlySet<string>, printer: ReturnType<typeof typePrinter>): string[] {
  const groups = Object.groupBy([...calls].sort(), (call) => call.split('.')[0]!);
  return Object.entries(groups).map(([group, names]) => {
    const types = (names ?? []).map((call) => {
      const name = call.split('.')[1]!;
      const { input, output } = (contracts[group] as Record<string, Call>)[name]!;
      return `${name}: { input: ${printer.typeOf(input, 'input')}; output: ${printer.typeOf(output, 'output')} }`;
    });
    return `export declare const ${group}: { ${types.join('; ')} };`;
  });
}

/** The named types that were met; writing one may meet others. */
function namedTypes(contracts: Contracts, printer: ReturnType<typeof typePrinter>): string[] {
  const types = new Map<string, string>();
  for (const name of printer.met) types.set(name, `export type ${name} = ${printer.written(contracts[name] as z.ZodType, 'output')};`);
  return [...types.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, type]) => type);
}
