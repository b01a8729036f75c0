import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, type Rollup } from 'vite';

/** What is opened without a network at once; other parts are kept when they were opened. */
const PLACES =
  /\/src\/(main\.tsx|app\/(start|keeper)\.ts|rooms\/rooms-page\.tsx|session\/(sign-in-page\.tsx|(offline-store|outbox-database)\.ts))$/;
/** Letters that most of what is read is written in. */
const FONTS = /inter-latin-wght-normal.*\.woff2$/;

type Chunk = Rollup.OutputChunk & { viteMetadata?: { importedCss: Set<string> } };
type Options = { entry: string; publicFolder: string };

/**
 * Builds the service worker: one file of its own, told which files make up the page, and another one whenever one of
 * them changes, which is how browsers see that there is a new version.
 */
export function serviceWorker({ entry, publicFolder }: Options): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk');
      const fonts = Object.keys(bundle).filter((name) => FONTS.test(name));
      const fixed = readdirSync(publicFolder);
      const version = createHash('sha256').update(JSON.stringify([...filesOf(chunks), ...fonts]));
      const index = bundle['index.html'];
      if (index?.type === 'asset') version.update(index.source);
      for (const name of fixed) version.update(readFileSync(join(publicFolder, name)));
      const files = [...filesOf(chunks), ...fonts, ...fixed].map((name) => `/${name}`);
      const source = await buildWorker(entry, {
        __SHELL_FILES__: JSON.stringify([...new Set(files)]),
        __SHELL_VERSION__: JSON.stringify(version.digest('hex').slice(0, 16)),
      });
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
    },
  };
}

async function buildWorker(entry: string, define: Record<string, string>): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: { write: false, target: 'es2023', rolldownOptions: { input: entry, output: { format: 'iife' } } },
  });
  const [built] = Array.isArray(output) ? output : [output];
  if (!built || !('output' in built)) throw new Error('the service worker was not built');
  return built.output[0].code;
}

/** The places' own files and all that these need before they run. */
function filesOf(chunks: readonly Chunk[]): string[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const needed = new Set<Chunk>();
  const need = (chunk: Chunk | undefined): void => {
    if (!chunk || needed.has(chunk)) return;
    needed.add(chunk);
    for (const name of chunk.imports) need(byName.get(name));
  };
  for (const chunk of chunks) if (chunk.moduleIds.some((id) => PLACES.test(id))) need(chunk);
  return [...needed].flatMap((chunk) => [chunk.fileName, ...(chunk.viteMetadata?.importedCss ?? [])]);
}
