import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));

/** What a page gets of these lines, as one file. */
async function bundled(source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'jverto-size-'));
  try {
    writeFileSync(join(folder, 'entry.ts'), source.replaceAll('@sdk', SOURCES));
    await build({
      configFile: false,
      root: folder,
      logLevel: 'error',
      build: { target: 'es2022', lib: { entry: join(folder, 'entry.ts'), formats: ['es'], fileName: () => 'out.js' }, minify: 'oxc' },
    });
    return readFileSync(join(folder, 'dist/out.js'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const gzipped = (code: string): number => gzipSync(code, { level: 9 }).length;

// Two builds: a busy machine takes its time for them.
describe('the size of the library', { timeout: 60_000 }, () => {
  it('is at most 30 kB, compressed, with all that it has', async () => {
    const all = gzipped(await bundled("export * from '@sdk/index.ts';"));

    expect(all).toBeLessThanOrEqual(30_000);
    // Or the test has measured nothing.
    expect(all).toBeGreaterThan(10_000);
  });

  it('of what is not used is nothing', async () => {
    expect(gzipped(await bundled("import { quality } from '@sdk/index.ts'; console.log(quality);"))).toBeLessThan(1_000);
    const devices = await bundled("import { Devices } from '@sdk/index.ts'; console.log(Devices);");
    expect(devices).not.toContain('verto.invite');
    expect(gzipped(devices)).toBeLessThan(3_000);
  });
});

describe('the parts of the library', () => {
  const files = (folder: string): string[] =>
    readdirSync(join(SOURCES, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));

  it('need nothing of others, but the hooks React', () => {
    for (const file of files('')) {
      const foreign = [...readFileSync(join(SOURCES, file), 'utf8').matchAll(/^(?:import|export)\b[^;]*? from '([^']+)';/gm)]
        .map(([, from]) => from as string).filter((from) => !from.startsWith('.'));
      expect(foreign, file).toEqual(file.startsWith('react/') ? ['react'] : []);
    }
  });

  it('are not needed by the core: bindings and the classic names stand beside it', () => {
    const bindings = /from '[^']*\/(react|element|compat|testing)\//;
    for (const file of files('').filter((name) => !/^(react|element|compat|testing)\//.test(name))) {
      expect(readFileSync(join(SOURCES, file), 'utf8'), file).not.toMatch(bindings);
    }
  });
});
