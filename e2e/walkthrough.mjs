// Follows docs/getting-started.md in a clean clone and says how long it took. By hand:
//   git clone . /tmp/clone && unshare --net sh -c 'ip link set lo up && node e2e/walkthrough.mjs /tmp/clone'
// (unshare needs root: a network of its own, with nothing but loopback).

import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { launch } from './lib/chromium.mjs';
import { button, dial, hearsSomething, ready, state } from './lib/page.mjs';

const folder = process.argv[2];
const began = performance.now();
const step = (text) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);

const server = spawn('./jverto', ['run'], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
process.on('exit', () => {
  try {
    process.kill(-server.pid, 'SIGTERM');
  } catch {
    // It has ended.
  }
});

const output = await new Promise((resolve, reject) => {
  let text = '';
  const read = (chunk) => {
    text += chunk;
    if (/^jverto ready/m.test(text)) resolve(text);
  };
  server.stdout.on('data', read);
  server.stderr.on('data', read);
  server.once('close', () => reject(new Error(text)));
});
step('the server is ready');

const url = /^jverto ready (\S+)/m.exec(output)[1];
const password = /password (\S+)/.exec(output)[1];

async function signedIn(hertz, number) {
  const browser = await launch({ hertz });
  const page = await browser.newPage({ locale: 'en-GB' });
  await page.goto(url);
  await page.getByLabel('Number').fill(number);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await ready(page);
  return { browser, page };
}

const [one, other] = await Promise.all([signedIn(310, '1000'), signedIn(740, '1001')]);
step('1000 and 1001 are logged in');

await dial(one.page, '1001');
await state(other.page, 'incoming');
await button(other.page, 'Answer').click();
await Promise.all([state(one.page, 'active'), state(other.page, 'active')]);
await Promise.all([hearsSomething(one.page), hearsSomething(other.page)]);
step('they hear each other');

await Promise.all([one.browser.close(), other.browser.close()]);
process.exit(0);
