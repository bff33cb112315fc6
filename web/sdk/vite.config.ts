import { defineConfig } from 'vite';

// One file that a page without tools can load: <script type="module"> import { Session } from '/sdk/jverto.js'
export default defineConfig({
  build: {
    target: 'es2022',
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'jverto.js' },
    minify: 'oxc',
    sourcemap: true,
  },
});
