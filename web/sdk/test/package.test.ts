import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SDK = fileURLToPath(new URL('../', import.meta.url));
const COMPILER = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

const run = (folder: string, ...words: string[]): { status: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

// Builds and compiles: a busy machine takes its time for it.
describe('the package', { timeout: 120_000 }, () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jverto-package-'));
    mkdirSync(join(folder, 'node_modules/@jverto'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
    const packed = run(SDK, join(SDK, 'package.mjs'), join(folder, 'node_modules/@jverto/sdk'));
    if (packed.status !== 0) throw new Error(packed.said);
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is imported by programs without tools, each part by its name', () => {
    const program = ['', '/element', '/compat', '/testing'].map((part, at) => `import * as p${at} from '@jverto/sdk${part}';`).join('\n')
      + "\nconsole.log(typeof p0.Session, typeof p1.VertoCall, typeof p2.ClassicVerto, typeof p3.FakeBrowser);";
    writeFileSync(join(folder, 'program.js'), program);

    expect(run(folder, 'program.js')).toEqual({ status: 0, said: 'function function function function\n' });
  });

  it('has types that hold in a strict project, without those of others', () => {
    writeFileSync(join(folder, 'page.ts'), `
      import { advise, type Call, Session, type Trouble } from '@jverto/sdk';
      const session = new Session({ url: 'wss://pbx.test', login: '1000', password: () => 'token' });
      const words = (trouble: Trouble): string => advise(trouble).what;
      session.on('incoming', (call: Call) => call.on('ended', ({ trouble }) => trouble && words(trouble)));
      // @ts-expect-error there is no such event
      session.on('no-such-event', () => undefined);
    `);
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--lib', 'es2023,dom,dom.iterable', '--types', ''];

    expect(run(folder, COMPILER, ...options, 'page.ts')).toEqual({ status: 0, said: '' });
  });

  it('names nothing that it needs but React, which is optional, and nothing of its workshop', () => {
    const named = JSON.parse(readFileSync(join(folder, 'node_modules/@jverto/sdk/package.json'), 'utf8')) as Record<string, unknown>;

    expect(Object.keys(named).sort()).toEqual([
      'description', 'exports', 'files', 'license', 'name', 'peerDependencies', 'peerDependenciesMeta', 'sideEffects', 'type', 'version',
    ]);
    expect(named['sideEffects']).toEqual(['./lib/compat/index.js', './lib/element/index.js']);
  });
});
