import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const gateway = process.env.ATRIUM_GATEWAY ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  // Our own packages are read from their sources, so that the page needs no build but its own.
  resolve: { conditions: ['atrium-source', ...defaultClientConditions] },
  build: { target: 'es2023', outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 800 },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: gateway },
      '/ws': { target: gateway, ws: true },
    },
  },
});
