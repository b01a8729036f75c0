import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'vi'],
  catalogs: [
    { path: '<rootDir>/src/language/catalogues/{locale}', include: ['<rootDir>/src'], exclude: ['**/*.spec.ts', '**/*.spec.tsx'] },
  ],
  format: formatter({ lineNumbers: false }),
  orderBy: 'message',
});
