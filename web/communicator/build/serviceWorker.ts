import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What a page without a network needs; other files are kept when they were fetched once. */
const FIRST = /^(index\.html|assets\/index-[^/]+\.(js|css))$/;

/** Makes `worker.js`: it knows the files of this very build, so that each build has a worker of its own. */
export function serviceWorker(source: URL): Plugin {
  return {
    name: 'jverto-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle): void {
      const files = Object.keys(bundle).filter((file) => FIRST.test(file)).map((file) => (file === 'index.html' ? './' : `./${file}`)).sort();
      const hash = createHash('sha256');
      for (const output of Object.values(bundle)) hash.update(output.type === 'chunk' ? output.code : output.source);
      const code = readFileSync(source, 'utf8')
        .replace("'BUILD'", JSON.stringify(hash.digest('hex').slice(0, 16)))
        .replace("['FILES']", JSON.stringify(files));
      this.emitFile({ type: 'asset', fileName: 'worker.js', source: code });
    },
  };
}
