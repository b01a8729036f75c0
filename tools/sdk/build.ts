/**
 * Builds the SDK as people install it, into libs/client/dist: one module and its types, with all that it takes from the
 * contracts inside. `npm pack` runs it.
 */
import '../gen/source-loader.ts';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { rolldown } from 'rolldown';
import ts from 'typescript';
import { sourceFiles } from '../gen/source-files.ts';
import { root } from '../local/paths.ts';
import { contractTypes, usesIn, type Contracts } from './contract-types.ts';

const CLIENT = join(root, 'libs/client');
const INPUT = join(CLIENT, 'src/index.ts');
const DIST = join(CLIENT, 'dist');
const CONTRACTS = '@atrium/contracts';
const CONTRACT_TYPES = join(DIST, 'contract-types.d.ts');

async function writeCode(): Promise<void> {
  const bundle = await rolldown({
    input: INPUT,
    platform: 'neutral',
    resolve: { conditionNames: ['atrium-source', 'import', 'default'] },
  });
  await bundle.write({ dir: DIST, format: 'esm', sourcemap: true, codeSplitting: false });
  await bundle.close();
}

/** The contract's types as plain ones: what zod infers has a size that no editor would thank us for. */
async function writeContractTypes(): Promise<void> {
  const contracts = (await import(pathToFileURL(join(root, 'libs/contracts/src/index.ts')).href)) as Contracts;
  const sources = await Promise.all((await sourceFiles('libs/client/src')).map((path) => readFile(join(root, path), 'utf8')));
  const text = contractTypes(contracts, usesIn(sources));
  await writeFile(CONTRACT_TYPES, await format(text, { parser: 'typescript', singleQuote: true, printWidth: 120 }));
}

/** As it is seen from a file of the package: other files end in `.js`, and the contracts are one of them. */
function published(path: string, text: string): string {
  const contracts = relative(dirname(path), CONTRACT_TYPES)
    .replace(/\.d\.ts$/, '.js')
    .replace(/^(?!\.)/, './');
  return text.replaceAll(`'${CONTRACTS}'`, `'${contracts}'`).replaceAll(/(['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2');
}

async function writeTypes(): Promise<void> {
  await writeContractTypes();
  const read = ts.getParsedCommandLineOfConfigFile(
    join(CLIENT, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    },
  );
  const options = {
    ...read!.options,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: DIST, rootDir: join(CLIENT, 'src') },
    ...{ types: [], paths: { [CONTRACTS]: [CONTRACT_TYPES] } },
  };
  const program = ts.createProgram([INPUT], options);
  const written: Promise<void>[] = [];
  const { diagnostics } = program.emit(undefined, (path, text) => written.push(writeDeclaration(path, text)));
  await Promise.all(written);
  const mistakes = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (mistakes.length > 0) throw new Error(ts.formatDiagnostics(mistakes, ts.createCompilerHost(options)));
}

async function writeDeclaration(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, published(path, text));
}

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
await writeCode();
await writeTypes();
