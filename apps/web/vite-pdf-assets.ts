import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** Where the page finds them. */
const FOLDER = 'pdf';
/** Fonts that a document may name without carrying them, and what their letters are. */
const PARTS: Record<string, RegExp> = { cmaps: /\.bcmap$/, standard_fonts: /\.(pfb|ttf)$/, wasm: /_nowasm_fallback\.js$/ };

/** Puts what pdf.js loads now and then beside the page, under the names by which it asks. */
export function pdfAssets(): Plugin {
  return {
    name: 'pdf-assets',
    apply: 'build',
    generateBundle() {
      const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
      for (const [part, names] of Object.entries(PARTS)) {
        for (const name of readdirSync(join(library, part)).filter((one) => names.test(one)))
          this.emitFile({ type: 'asset', fileName: `${FOLDER}/${part}/${name}`, source: readFileSync(join(library, part, name)) });
      }
    },
  };
}
