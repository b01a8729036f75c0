import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as contracts from '@atrium/contracts';
import ts from 'typescript';
import { z } from 'zod';
import { sourceFiles } from '../gen/source-files.ts';
import { root } from '../local/paths.ts';
import { contractTypes, usesIn, type Uses } from './contract-types.ts';
import { typePrinter } from './zod-types.ts';

const FOLDER = join(root, 'libs/client/src');
const written = (schema: z.ZodType, side: 'input' | 'output' = 'output') => typePrinter(new Map()).written(schema, side);

/** What the compiler says of modules that are on no disk. */
function compile(files: Record<string, string>): string {
  const paths = new Map(Object.entries(files).map(([name, text]) => [join(FOLDER, name), text]));
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2023 },
    ...{ module: ts.ModuleKind.NodeNext, customConditions: ['atrium-source'], allowImportingTsExtensions: true },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile: readText } = host;
  host.fileExists = (path) => paths.has(path) || fileExists(path);
  host.readFile = (path) => paths.get(path) ?? readText(path);
  host.getSourceFile = (path, version) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, version);
  };
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(ts.createProgram([...paths.keys()], options, host)), host);
}

/** A line for each type, which compiles where the written type is the inferred one. */
function comparison({ calls }: Uses, text: string): string {
  const nouns = [...text.matchAll(/^export type (\w+) =/gm)].map(([, name]) => name!).filter((name) => name in contracts);
  const schemas = nouns.filter((name) => !/Frames$/.test(name));
  return [
    `import type { z } from 'zod'; import type * as inferred from '@atrium/contracts'; import type * as written from './written.d.ts';`,
    'type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;',
    ...schemas.map((name) => `export const ${name}: Same<z.output<typeof inferred.${name}>, written.${name}> = true;`),
    ...[...calls].flatMap((call) =>
      ['input', 'output'].map(
        (side) =>
          `export const ${call.replace('.', '_')}_${side}: Same<z.${side}<typeof inferred.${call}.${side}>, (typeof written.${call})['${side}']> = true;`,
      ),
    ),
    `export const sent: Same<inferred.ClientFrame, written.ClientFrame> = true;`,
    `export const received: Same<inferred.ServerFrame, written.ServerFrame> = true;`,
  ].join('\n');
}

describe('a type that is written out', () => {
  it('says what may be left out when it is sent, and is there when it is got', () => {
    const schema = z.object({
      name: z.string(),
      size: z.int().default(1),
      note: z.string().nullable().optional(),
      'x-y': z.literal(['a', 1]),
    });
    expect(written(schema, 'input')).toBe(`{ name: string; size?: number; note?: string | null; 'x-y': 'a' | 1 }`);
    expect(written(schema)).toBe(`{ name: string; size: number; note?: string | null; 'x-y': 'a' | 1 }`);
  });

  it('keeps what belongs together in lists, records and choices', () => {
    const choice = z.union([z.object({ kind: z.literal('a') }), z.array(z.enum(['x', 'y'])), z.record(z.string(), z.unknown())]);
    expect(written(choice)).toBe(`{ kind: 'a' } | ('x' | 'y')[] | Record<string, unknown>`);
  });

  it('stands by its name where it has one, unless one sends something else', () => {
    const Page = z.object({ limit: z.int().default(50) });
    const printer = typePrinter(new Map([[Page, 'Page']]));
    expect(printer.typeOf(z.array(Page), 'output')).toBe('Page[]');
    expect(printer.typeOf(z.array(Page), 'input')).toBe('{ limit?: number }[]');
  });

  it('is refused where nobody said how it is written', () => {
    expect(() => written(z.symbol())).toThrow('does not know how to write "symbol"');
  });
});

describe('the types of the contract in the SDK', () => {
  it('are those that are inferred from the schemas, for every noun, call and frame', async () => {
    const sources = await Promise.all((await sourceFiles('libs/client/src')).map((path) => readFile(join(root, path), 'utf8')));
    const uses = usesIn(sources);
    const text = contractTypes(contracts, uses);
    expect(compile({ 'written.d.ts': text, 'same.ts': comparison(uses, text) })).toBe('');
  }, 240_000);
});
