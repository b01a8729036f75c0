import { createTransformer } from '@swc/jest';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import preset from '../../jest.preset.js';
import { hasWords, withWords } from './words-macro.js';

const swc = Object.entries(preset.transform).map(([pattern, [, options]]) => ({
  pattern: new RegExp(pattern),
  jest: createTransformer(options),
}));
const transformerOf = (path) => swc.find(({ pattern }) => pattern.test(path)).jest;
const own = readFileSync(join(import.meta.dirname, 'words-macro.js'));
const prepared = (source, path) => (hasWords(source) ? withWords(source, path).code : source);

/** What jest.preset.js does, after the words of a file were turned into look-ups. */
export default {
  process: (source, path, options) => transformerOf(path).process(prepared(source, path), path, options),
  processAsync: (source, path, options) => transformerOf(path).processAsync(prepared(source, path), path, options),
  getCacheKey: (source, path, options) =>
    createHash('sha256')
      .update(own)
      .update(transformerOf(path).getCacheKey(source, path, options))
      .digest('hex'),
};
