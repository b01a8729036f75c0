import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HtmlTagDescriptor, Plugin } from 'vite';

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
      handler(html) {
        const sheets: string[] = [];
        const rest = html.replace(/\s*<link rel="stylesheet"[^>]*>/g, (sheet) => {
          sheets.push(sheet.trim());
          return '';
        });
        const tags: HtmlTagDescriptor[] = [
          { tag: 'script', children: read('before-paint.js'), injectTo: 'head-prepend' },
          { tag: 'script', children: read('early-requests.js'), injectTo: 'head-prepend' },
          { tag: 'style', children: read('first-paint.css'), injectTo: 'head-prepend' },
        ];
        return { html: rest.replace('</body>', `  ${sheets.join('\n    ')}\n  </body>`), tags };
      },
    },
  };
}
