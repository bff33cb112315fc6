import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer } from '../lib/server.mjs';
import { clear, loggedIn, TONES } from '../lib/stage.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const PACKAGES = join(ROOT, 'target/package');
const DATA = '/var/lib/jverto';
const LIMIT_MS = 480_000;
const run = promisify(execFile);

/** Why nothing can be installed here, or false. */
function obstacle() {
  if (process.getuid?.() !== 0) return 'only root installs packages';
  if (!existsSync('/usr/bin/dpkg')) return 'this is no Debian';
  if (existsSync('/usr/bin/jverto') || existsSync(DATA)) return 'jverto is installed here already';
  return false;
}

describe('the Debian package', { skip: obstacle() }, () => {
  afterEach(clear);

  test('is installed, runs as a user of its own, takes a call, and goes', { timeout: LIMIT_MS }, async () => {
    await run(join(ROOT, 'jverto'), ['package', 'deb'], { timeout: LIMIT_MS });
    const file = readdirSync(PACKAGES).find((name) => name.endsWith('.deb'));
    try {
      await run('dpkg', ['--install', join(PACKAGES, file)]);
      const server = await startServer({
        command: ['runuser', '-u', 'jverto', '--', '/usr/bin/jverto'],
        prepare: (folder) => run('chown', ['-R', 'jverto:jverto', folder]),
      });
      try {
        const a = await loggedIn('a', '1000', { at: server });
        await a.dial('9196');
        await a.next('active');
        await a.untilHears({ present: [TONES.a] });
        await a.hangUp();
      } finally {
        await server.stop();
      }
      assert.deepEqual(readdirSync('/etc/jverto').includes('vars.xml'), true);
      await run('runuser', ['-u', 'nobody', '--', 'cat', '/etc/jverto/vars.xml']).then(
        () => assert.fail('everybody may read the configuration'),
        () => undefined,
      );
    } finally {
      await run('dpkg', ['--purge', 'jverto']);
      rmSync(DATA, { recursive: true, force: true });
      await run('userdel', ['jverto']).catch(() => undefined);
    }
    assert.equal(existsSync('/usr/bin/jverto'), false);
    assert.equal(existsSync('/etc/jverto'), false);
  });
});
