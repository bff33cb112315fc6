import assert from 'node:assert/strict';
import { clientScripts, kitScript } from './bundle.mjs';
import { launch } from './chromium.mjs';
import { launchFirefox } from './firefox.mjs';
import { programAt } from './program.mjs';
import { DOMAIN, PASSWORD, startServer } from './server.mjs';

export { DOMAIN, PASSWORD };

/** The tone of each browser's microphone, in Hz: no one a multiple of another, nor near the server's own tones. */
export const TONES = { a: 310, b: 740, c: 1130, firefox: 1870 };

/** What counts as heard and as silence, in dB below full scale. Microphones speak at -10 dB. */
export const LOUD = -32;
export const QUIET = -62;
/** How far the unwanted must lie below the wanted, in dB. */
export const DISTANCE = 30;
const WAIT_MS = 12_000;
const MEASURE_MS = 2_000;
const WINDOWS = 4;

/** Of what cameras see, by browser; none in tests. */
let walls = {};
let server;
let program;
let kit;
const browsers = new Map();
const pages = new Set();

/** Starts what is shared by all tests. */
export async function raise() {
  server = await startServer();
  program = await programAt(server);
  kit = await kitScript();
  return server;
}

/** Ends it. Not a hook: for the test runner all is over whenever it has nothing to do between two files. */
export async function lower() {
  await Promise.all([...browsers.values()].map(async (browser) => (await browser).close()));
  browsers.clear();
  program?.close();
  return server?.stop();
}

/** From now on cameras see somebody, before walls of these colours. */
export const paint = (colours) => {
  walls = colours;
};

export const theServer = () => server;

/** The browser with this microphone, started when first asked for. */
export function browserOf(name) {
  if (!browsers.has(name)) browsers.set(name, begin(name));
  return browsers.get(name);
}

function begin(name) {
  if (name === 'firefox') return launchFirefox({ hertz: TONES[name] });
  return launch(name === 'deaf' ? { microphone: 'refused' } : { hertz: TONES[name], wall: walls[name] });
}

/** Gives the server a command, as whoever runs it, and gives what it says. */
export const command = (words) => program.run(words);

/**
 * Closes all pages of the test that just ended, and ends what calls are left: an answered call would wait for its page, and the next test
 * begins on a server without any.
 */
export async function clear() {
  await Promise.all(
    [...pages].map(async (page) => {
      await page.evaluate(() => window.kit?.leave() ?? window.eye?.hangUp()).catch(() => undefined);
      await page.context().close().catch(() => undefined);
    }),
  );
  pages.clear();
  await command('hupall');
  for (const end = performance.now() + WAIT_MS; !(await command('show channels')).includes('0 total.'); ) {
    assert.ok(performance.now() < end, `calls are left: ${await command('show channels')}`);
  }
}

/** Notes a page of a test's own, for [clear]. */
export function pageOf(page) {
  pages.add(page);
  return page;
}

/** The page of the server itself. */
export async function openPage(name, options = {}) {
  const page = await (await browserOf(name)).newPage(options);
  pages.add(page);
  page.complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  await page.goto(server.url);
  return page;
}

/** A page of the server's examples, as it is, with the kit to listen. */
export function openExample(name, file) {
  return openAt(name, new URL(`/examples/${file}`, server.url).href);
}

/**
 * Any page, as it is, with the kit to listen.
 *
 * @param prepare gets the page before it is opened
 */
export async function openAt(name, url, prepare = async () => undefined, options = {}) {
  const page = await (await browserOf(name)).newPage(options);
  pages.add(page);
  await page.addInitScript({ content: kit });
  await prepare(page);
  await page.goto(url);
  return new Client(page, name, 'sdk', server);
}

/**
 * A page with the kit and one client, on the server's own origin. The page itself comes from the server: Chromium keeps
 * pages whose origin it did not see on the network away from servers on this machine.
 */
export async function openKit(name, client = 'sdk', at = server) {
  const page = await (await browserOf(name)).newPage({ bypassCSP: true });
  return equipped(page, name, client, at);
}

async function equipped(page, name, client, at) {
  pages.add(page);
  await page.goto(new URL('/nothing-here', at.url).href);
  const opened = new Client(page, name, client, at);
  await opened.equip();
  return opened;
}

/** A client in a browser, logged in. */
export async function loggedIn(name, user, { client = 'sdk', at = server, ...options } = {}) {
  const opened = await openKit(name, client, at);
  const result = await opened.login(user, PASSWORD, options);
  assert.deepEqual(result, { ok: true });
  return opened;
}

/** One client in one page. */
export class Client {
  constructor(page, name, client, at) {
    this.page = page;
    this.name = name;
    this.client = client;
    this.at = at;
    this.hertz = TONES[name];
  }

  /** The kit comes first: it watches what the clients take from the browser. */
  async equip() {
    await this.page.addScriptTag({ content: kit });
    if (this.client !== 'sdk') await this.page.addScriptTag({ content: clientScripts[this.client]() });
  }

  login(user, password, { stereo = false, trickle = true, iceServers = [], url = this.at.wssUrl } = {}) {
    this.account = { url, login: user, password, stereo, trickle, iceServers };
    return this.logInAgain();
  }

  logInAgain() {
    return this.page.evaluate(([client, given]) => window.kit.login(client, given), [this.client, this.account]);
  }

  /** Loads the page anew and logs in again: all that the page knew is gone, but for what its client put into the browser. */
  async reload() {
    await this.page.reload();
    await this.equip();
    assert.deepEqual(await this.logInAgain(), { ok: true });
  }

  /** A second tab of the same browser, with the same client, logged in alike. */
  async secondTab() {
    const tab = await equipped(await this.page.context().newPage(), this.name, this.client, this.at);
    tab.account = this.account;
    assert.deepEqual(await tab.logInAgain(), { ok: true });
    return tab;
  }

  sockets() {
    return this.page.evaluate(() => window.kit.sockets());
  }

  only(codec, { keys = true } = {}) {
    return this.page.evaluate((given) => window.kit.only(...given), [codec, keys]);
  }

  dial(number) {
    return this.page.evaluate((given) => window.kit.dial(given), number);
  }

  answer() {
    return this.page.evaluate(() => window.kit.answer());
  }

  reject(cause) {
    return this.page.evaluate((given) => window.kit.reject(given), cause);
  }

  hangUp(cause) {
    return this.page.evaluate((given) => window.kit.hangUp(given), cause);
  }

  digits(digits) {
    return this.page.evaluate((given) => window.kit.digits(given), digits);
  }

  /** One of the kit's other actions: hold, unhold, toggleHold, transfer, replace, message. */
  act(action, ...parameters) {
    return this.page.evaluate(([name, given]) => window.kit[name](...given), [action, parameters]);
  }

  digitsInSound(digits) {
    return this.page.evaluate((given) => window.kit.digitsInSound(given), digits);
  }

  /** Lets the microphone say nothing, or what it hears. */
  microphone(on) {
    return this.page.evaluate((given) => window.kit.microphone(given), on);
  }

  restartIce() {
    return this.page.evaluate(() => window.kit.restartIce());
  }

  /** The requests of this name that the client has sent. */
  sent(method) {
    return this.page.evaluate((given) => window.kit.sent(given), method);
  }

  path() {
    return this.page.evaluate(() => window.kit.path());
  }

  next(type, timeoutMs = WAIT_MS) {
    return this.page.evaluate(([wanted, limit]) => window.kit.next(wanted, limit), [type, timeoutMs]);
  }

  answerSdp() {
    return this.page.evaluate(() => window.kit.answerSdp());
  }

  /** Waits until exactly the wished frequencies are heard. */
  untilHears({ present = [], absent = [], ...more }, timeoutMs = WAIT_MS) {
    return this.page.evaluate((wish) => window.kit.untilHeard(wish), {
      present,
      absent,
      loud: LOUD,
      quiet: QUIET,
      timeoutMs,
      ...more,
    });
  }

  measure(frequencies, milliseconds = MEASURE_MS) {
    return this.page.evaluate((wish) => window.kit.measure(wish), { frequencies, milliseconds });
  }

  /**
   * Waits until the sound has come, then measures a window: the wished frequencies stand out from the unwanted by
   * `DISTANCE`, and packets flow without loss and nearly without concealment. A machine that is busy with other things
   * gets some more windows to show a steady one.
   */
  async hearsSteadily({ present, absent }) {
    await this.untilHears({ present });
    return this.steady([...present, ...absent], ({ channels: [left] }) => {
      const wanted = Math.min(...left.tones.slice(0, present.length));
      const unwanted = Math.max(-120, ...left.tones.slice(present.length));
      assert.ok(wanted > LOUD && wanted - unwanted >= DISTANCE, `wanted ${wanted} dB, unwanted ${unwanted} dB`);
    });
  }

  /** The first of a few windows in which packets flow and `check` finds nothing. */
  async steady(frequencies, check) {
    for (let left = WINDOWS - 1; ; left--) {
      const measured = await this.measure(frequencies);
      try {
        const { packetsReceived, packetsLost, concealed, samples } = measured.counts;
        assert.ok(packetsReceived > 50, 'packets arrive');
        assert.ok(packetsLost <= 0, 'no packet is lost');
        assert.ok(concealed < 0.02 * samples, 'less than 2 % is concealed');
        check(measured);
        return measured;
      } catch (error) {
        if (left > 0) {
          console.log(`another window: ${error.message}; ${this.name}: ${JSON.stringify(measured)}`);
          continue;
        }
        error.message += `; ${this.name} at ${frequencies} Hz: ${JSON.stringify(measured)}`;
        throw error;
      }
    }
  }
}

/** Two clients in a call with each other. */
export async function connected(caller, callee, number) {
  await caller.dial(number);
  await callee.next('incoming');
  await callee.answer();
  await Promise.all([caller.next('active'), callee.next('active')]);
}
