import { defineConfig } from 'vite';
import { compress } from './build/compress.ts';
import { serviceWorker } from './build/serviceWorker.ts';

export default defineConfig({
  base: './',
  plugins: [serviceWorker(new URL('./build/worker.js', import.meta.url)), compress()],
  build: {
    target: 'es2022',
    // Browsers that know light-dark(): the colours stand once in the style sheets.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The server's content policy allows no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
