import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const EXECUTABLE = process.env.JVERTO_FIREFOX ?? '/usr/bin/firefox-esr';

/** What `skip` of a test wants: false, or why. */
export const noFirefox = existsSync(EXECUTABLE) ? false : 'there is no firefox-esr';

const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  // All browsers of a test share one machine.
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // A page that is not in front must still paint and measure in time.
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  'widget.windows.window_occlusion_tracking.enabled': false,
};

/** Starts a Firefox over WebDriver BiDi whose microphone hears a steady tone of this frequency. It has the part of Chromium's that tests use. */
export async function launchFirefox({ hertz }) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: EXECUTABLE,
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: { ...PREFERENCES, 'media.navigator.audio.fake_frequency': hertz },
  });
  return {
    hertz,
    browser,
    newPage: async () => paged(await browser.createBrowserContext()),
    close: () => browser.close(),
  };
}

async function paged(context) {
  const page = await context.newPage();
  return {
    goto: (url) => page.goto(url),
    reload: () => page.reload(),
    // Evaluated: the server's policy lets no scripts of tests in.
    addScriptTag: async ({ content }) => void (await page.evaluate(content)),
    evaluate: (action, ...parameters) => page.evaluate(action, ...parameters),
    context: () => context,
  };
}
