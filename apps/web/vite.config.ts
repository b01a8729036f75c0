import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defaultClientConditions, defineConfig } from 'vite';
import { compressed } from './vite-compress.ts';
import { firstPaint } from './vite-first-paint.ts';
import { mantineStyles } from './vite-mantine-styles.ts';
import { pdfAssets } from './vite-pdf-assets.ts';
import { serviceWorker } from './vite-service-worker.ts';
import { unusedLists } from './vite-unused-lists.ts';
import { words } from './vite-words.ts';

const gateway = process.env.ATRIUM_GATEWAY ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [
    words(),
    react(),
    serviceWorker({
      entry: join(import.meta.dirname, 'src/worker/service-worker.ts'),
      publicFolder: join(import.meta.dirname, 'public'),
    }),
    unusedLists(),
    firstPaint(),
    mantineStyles(join(import.meta.dirname, 'src/app/mantine.css')),
    pdfAssets(),
    compressed(),
  ],
  // Our own packages are read from their sources, so that the page needs no build but its own.
  resolve: { conditions: ['atrium-source', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 800,
    // Libraries that a room needs change less often than the page, and stay in the browser's cache when it does. Of the rest,
    // a sign or a hook is smaller than the headers of the response that brings it: what many places share comes together.
    // A dialog brings a library of its own and comes when it is opened, however many places open it.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules/, tags: ['$initial'] },
            { name: 'page', tags: ['$initial'] },
            { name: 'icons', test: /@tabler\/icons-react/ },
            { name: 'shared', test: /apps\/web\/src(?!.*-dialog\.tsx)|@tanstack/, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: gateway },
      '/ws': { target: gateway, ws: true },
    },
  },
});
