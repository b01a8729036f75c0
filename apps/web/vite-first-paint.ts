import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HtmlTagDescriptor, Plugin, Rollup } from 'vite';

/** What nearly everybody comes to the page for: fetched beside the first files instead of after they ran. */
const COMES_NEXT = /\/src\/(layout\/shell|rooms\/room-page)\.tsx$/;

/**
 * Lets index.html paint with its own first bytes: what that needs stands in it, and the stylesheets come after what is
 * painted, where they keep only the page itself waiting. What it runs is allowed by its hash, which the gateway names.
 */
export function firstPaint(): Plugin {
  const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');
  return {
    name: 'first-paint',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const sheets: string[] = [];
        const rest = html.replace(/\s*<link rel="stylesheet"[^>]*>/g, (sheet) => {
          sheets.push(sheet.trim());
          return '';
        });
        const next = bundle ? comesNext(bundle) : { scripts: [], styles: [] };
        sheets.push(...next.styles.map((href) => `<link rel="stylesheet" crossorigin href="${href}">`));
        const tags: HtmlTagDescriptor[] = [
          { tag: 'script', children: read('before-paint.js'), injectTo: 'head-prepend' },
          { tag: 'script', children: read('early-requests.js'), injectTo: 'head-prepend' },
          { tag: 'style', children: read('first-paint.css'), injectTo: 'head-prepend' },
          ...next.scripts.map((href): HtmlTagDescriptor => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href },
            injectTo: 'head',
          })),
        ];
        return { html: rest.replace('</body>', `  ${sheets.join('\n    ')}\n  </body>`), tags };
      },
    },
  };
}

/** The code and the styles of what comes next, and all that it needs before it runs. */
function comesNext(bundle: Rollup.OutputBundle): { scripts: string[]; styles: string[] } {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const first = withImports(
    chunks.filter(({ isEntry }) => isEntry),
    chunks,
  );
  const next = withImports(
    chunks.filter(({ facadeModuleId }) => COMES_NEXT.test(facadeModuleId ?? '')),
    chunks,
  );
  const added = [...next].filter((chunk) => !first.has(chunk));
  const known = new Set([...first].flatMap(stylesOf));
  const addressOf = (file: string) => `/${file}`;
  return {
    scripts: added.map(({ fileName }) => addressOf(fileName)),
    styles: [...new Set(added.flatMap(stylesOf))].filter((file) => !known.has(file)).map(addressOf),
  };
}

const stylesOf = ({ viteMetadata }: Rollup.OutputChunk): string[] => [...(viteMetadata?.importedCss ?? [])];

function withImports(some: readonly Rollup.OutputChunk[], chunks: readonly Rollup.OutputChunk[]): Set<Rollup.OutputChunk> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set<Rollup.OutputChunk>();
  const add = (chunk: Rollup.OutputChunk | undefined): void => {
    if (!chunk || found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) add(byName.get(name));
  };
  some.forEach(add);
  return found;
}
