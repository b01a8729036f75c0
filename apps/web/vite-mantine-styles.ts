import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const PART = /@mantine\/core\/.*\/(\w+)\.module\.mjs$/;

/**
 * Fails the build where a part of Mantine is used whose styles are not in the list: it would be shown without any.
 * @param list the stylesheet that names them
 */
export function mantineStyles(list: string): Plugin {
  const sheets = join(dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css')), 'styles');
  return {
    name: 'mantine-styles',
    apply: 'build',
    generateBundle(_options, bundle) {
      const listed = readFileSync(list, 'utf8');
      const used = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : []));
      const missing = used
        .flatMap((id) => PART.exec(id)?.[1] ?? [])
        .map((part) => `${part}.layer.css`)
        .filter((sheet) => existsSync(join(sheets, sheet)) && !listed.includes(`/${sheet}'`));
      if (missing.length > 0) this.error(`Add to ${list}: ${[...new Set(missing)].join(', ')}`);
    },
  };
}
