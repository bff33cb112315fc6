import { defineConfig, type UserConfig } from 'vite';

/** What a page without tools can load, each file by itself. */
const FILES: Readonly<Record<string, { readonly entry: string; readonly format: 'es' | 'iife' }>> = {
  // <script type="module"> import { Session } from '/sdk/jverto.js'
  jverto: { entry: 'src/index.ts', format: 'es' },
  // <script src="/sdk/jverto-classic.js">, in place of the classic client's files
  'jverto-classic': { entry: 'src/compat/index.ts', format: 'iife' },
  // <script type="module" src="/sdk/jverto-element.js">
  'jverto-element': { entry: 'src/element/index.ts', format: 'es' },
};

/** One file for each run: `vite build --mode jverto-classic`. Without a mode it is the library. */
export default defineConfig(({ mode }): UserConfig => {
  const name = mode in FILES ? mode : 'jverto';
  const { entry, format } = FILES[name] as (typeof FILES)[string];
  return {
    build: {
      target: 'es2022',
      lib: { entry, formats: [format], name: 'jvertoClassic', fileName: () => `${name}.js` },
      emptyOutDir: name === 'jverto',
      minify: 'oxc',
      sourcemap: true,
    },
  };
});
