// Makes the package that others install: JavaScript, one module for each source, with types. Argument: the folder it goes to.

import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, 'dist/package');
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

rmSync(out, { recursive: true, force: true });
const compiled = spawnSync(process.execPath, [compiler, '-p', join(here, 'tsconfig.package.json'), '--outDir', join(out, 'lib')], { stdio: 'inherit' });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

// The compiler rewrites the names of modules in programs, not in declarations.
for (const name of readdirSync(join(out, 'lib'), { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.d.ts')) continue;
  const file = join(out, 'lib', name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2'));
}

const { private: _private, scripts: _scripts, devDependencies: _tools, exports, sideEffects, ...kept } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const built = (source) => source.replace('./src/', './lib/').replace(/\.ts$/, '.js');
writeFileSync(join(out, 'package.json'), `${JSON.stringify({
  ...kept,
  exports: Object.fromEntries(Object.entries(exports).map(([name, source]) => [
    name, { types: built(source).replace(/\.js$/, '.d.ts'), default: built(source) },
  ])),
  sideEffects: sideEffects.map(built),
  files: ['lib'],
}, null, 2)}\n`);
copyFileSync(join(here, 'README.md'), join(out, 'README.md'));
copyFileSync(join(here, '../../LICENSE'), join(out, 'LICENSE'));
