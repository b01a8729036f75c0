import { formatter } from '@lingui/format-po';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { messageId } from './src/language/message-id.ts';
import { compiled, hasWords, withWords } from './words-macro.js';
import { pseudo } from './words-pseudo.js';

const po = formatter({ lineNumbers: false });

/** Turns the words of the page into look-ups, and catalogues (`*.po`) into modules; `*.po?pseudo` is English that looks foreign. */
export function words(): Plugin {
  return {
    name: 'words',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/[^?]+\.tsx?$/ },
      handler: (code, id) => (hasWords(code) ? withWords(code, id) : undefined),
    },
    load: {
      filter: { id: /\.po(\?pseudo)?$/ },
      async handler(id) {
        const [file = id, wish] = id.split('?');
        this.addWatchFile(file);
        const context = { locale: basename(file, '.po'), sourceLocale: 'en', filename: file };
        const catalogue = await po.parse(await readFile(file, 'utf8'), context);
        const translated = Object.values(catalogue).flatMap(({ translation, message = '' }) => {
          const text = wish === 'pseudo' ? message : translation;
          return text ? [[messageId(compiled(message)), compiled(text, wish === 'pseudo' ? pseudo : undefined)]] : [];
        });
        return {
          code: `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(translated)))});`,
          moduleType: 'js',
        };
      },
    },
  };
}
