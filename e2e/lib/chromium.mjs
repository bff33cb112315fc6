import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { writePortrait } from './portrait.mjs';
import { writeTone } from './tone.mjs';

const EXECUTABLE = process.env.JVERTO_CHROMIUM ?? '/usr/bin/chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--ignore-certificate-errors',
  '--autoplay-policy=no-user-gesture-required',
  // All browsers of a test share one machine.
  '--allow-loopback-in-peer-connection',
  // A page that is not in front must still play and measure in time.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** A program that starts Chromium within a network namespace. */
function starterIn(network, folder) {
  const file = join(folder, 'chromium');
  writeFileSync(file, `#!/bin/sh\nexec ip netns exec ${network} '${EXECUTABLE}' "$@"\n`, { mode: 0o700 });
  return file;
}

/**
 * Starts a browser whose microphone hears a steady tone of this frequency, or, without one, the beeps of Chromium.
 *
 * @param wall the colour of the wall behind the one whom the camera sees; without it the camera sees what Chromium draws
 * @param autoplay `blocked`: nothing plays before somebody has clicked
 * @param network the name of a network namespace that the browser is in; without one that of everybody
 * @param strict where certificates are looked at: the `home` folder with the authorities that are trusted, and `hosts` that lead to this machine
 */
export async function launch({ hertz, wall, microphone = 'allowed', autoplay = 'allowed', network, strict } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'jverto-browser-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', remove);
  const flags = [...FLAGS.filter((flag) => strict === undefined || flag !== '--ignore-certificate-errors'), '--use-fake-device-for-media-stream'];
  if (strict !== undefined) flags.push(`--host-resolver-rules=${strict.hosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ')}`);
  // Of a flag that is there twice the last one counts.
  if (autoplay === 'blocked') flags.push('--autoplay-policy=user-gesture-required');
  if (microphone === 'allowed') flags.push('--use-fake-ui-for-media-stream');
  if (hertz !== undefined) {
    const file = join(folder, 'tone.wav');
    writeTone(file, hertz);
    flags.push(`--use-file-for-fake-audio-capture=${file}`);
  }
  if (wall !== undefined) {
    const file = join(folder, 'portrait.y4m');
    writePortrait(file, wall);
    flags.push(`--use-file-for-fake-video-capture=${file}`);
  }
  const browser = await chromium.launch({ executablePath: network === undefined ? EXECUTABLE : starterIn(network, folder), headless: true, args: flags, ...(strict === undefined ? {} : { env: { ...process.env, HOME: strict.home } }) });
  return {
    hertz,
    browser,
    newPage: async (options = {}) => {
      const context = await browser.newContext({ ignoreHTTPSErrors: strict === undefined, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      return page;
    },
    close: async () => {
      await browser.close();
      process.off('exit', remove);
      remove();
    },
  };
}
