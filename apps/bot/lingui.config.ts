import { createBabelExtractor } from '@lingui/cli/api/extractors/babel';
import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';

/** The words of the bot: `i18n.t('…')` in English, as ICU messages. `npm run gen` makes of the catalogues what it loads. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'vi'],
  catalogs: [{ path: '<rootDir>/src/words/catalogues/{locale}', include: ['<rootDir>/src'], exclude: ['**/*spec.ts'] }],
  format: formatter({ lineNumbers: false }),
  orderBy: 'messageId',
  extractors: [createBabelExtractor({ parserOptions: { tsExperimentalDecorators: true } })],
});
