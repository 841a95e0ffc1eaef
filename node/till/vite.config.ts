// Builds the till page. Sources of schema come in by the `source` condition, so page and node are always of one version.
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: '../../dist/node/till',
    emptyOutDir: true,
    target: 'es2022',
    // A page served over plain HTTP in a shop: no source maps to leak, no inline script for a strict content policy to refuse.
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
