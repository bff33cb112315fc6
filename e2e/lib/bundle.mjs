import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** The script of the test page: our SDK and the kit, from source. */
export const kitScript = () => script('kit');

/** The script of pages whose pictures are looked at. */
export const eyeScript = () => script('eye');

async function script(name) {
  const result = await build({
    entryPoints: [join(here, `../page/${name}.js`)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return result.outputFiles[0].text;
}

/** The clients from npm, the very files that their users load. */
export const clientScripts = {
  signalwire: () => readFileSync(require.resolve('@signalwire/js/dist/index.min.js'), 'utf8'),
  vertojs: () => readFileSync(require.resolve('vertojs/dist/verto.js'), 'utf8'),
};
