import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { alert, button, dial, heading, hearsSomething, ready, signedIn, signedOut, signIn, signInWith, state } from '../lib/page.mjs';
import { clear, command, loggedIn, pageOf, theServer, TONES } from '../lib/stage.mjs';
import { wireOfSuite } from '../lib/wire.mjs';

const LIMIT = { timeout: 60_000 };

/** A page whose microphones can be pulled out. */
async function pluggable(name, user) {
  const page = await signedOut(name);
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const streams = [];
    let plugged = true;
    mediaDevices.getUserMedia = async (wanted) => {
      if (!plugged) throw new DOMException('none', 'NotFoundError');
      const stream = await open(wanted);
      streams.push(stream);
      return stream;
    };
    window.pull = () => {
      plugged = false;
      for (const track of streams.flatMap((stream) => stream.getTracks())) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    };
    window.plug = () => {
      plugged = true;
      mediaDevices.dispatchEvent(new Event('devicechange'));
    };
  });
  await page.reload();
  await signIn(page, user);
  return page;
}

/** The server says this to each login, as long as `until` is not over; then it is asked itself. */
const refuseLogins = (page, error, until = () => false) =>
  page.routeWebSocket(/^wss:/, (client) => {
    const server = client.connectToServer();
    client.onMessage((text) => {
      const message = typeof text === 'string' && text.startsWith('{') ? JSON.parse(text) : {};
      if (message.method === 'login' && !until()) client.send(JSON.stringify({ jsonrpc: '2.0', id: message.id, error }));
      else server.send(text);
    });
  });

describe('a login by a token, or too often', () => {
  afterEach(clear);

  test('a token of the server stands for the password, and one for a number calls nothing else', LIMIT, async () => {
    const page = await signedOut('a');
    const given = await command('verto_token 1005@jverto.test 5 9196');
    const token = /jvt1\.\S+/.exec(given)?.[0];

    await signInWith(page, '1005', token);

    await ready(page);
    await dial(page, '9664');
    await alert(page, /Permission Denied/);
    await dial(page, '9196');
    await state(page, 'active');
    await button(page, 'Hang up').click();
  });

  test('a token that has ended is said to have ended', LIMIT, async () => {
    const page = await signedOut('a');
    await refuseLogins(page, { code: -32001, message: 'Token Expired' });

    await signInWith(page, '1000', 'jvt1.old.old');

    await alert(page, /^Your sign-in has expired\. Sign in again\.$/);
  });

  test('who must wait sees for how long, and is let in by itself', LIMIT, async () => {
    const page = await signedOut('a');
    let over = false;
    await refuseLogins(page, { code: -32001, message: 'Authentication Failure', data: { 'retry-after': 2 } }, () => over);

    await signInWith(page, '1000');

    await alert(page, /^Too many wrong passwords\. Signing in goes on by itself in 2 s\.$/);
    over = true;
    await ready(page);
  });
});

describe('what goes wrong in the page', () => {
  const wire = wireOfSuite();

  test('the banner tells the truth about a lost connection, and the call goes on', LIMIT, async () => {
    const page = await signedIn('a', '1000', { server: wire.url });
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await button(page, 'Answer').click();
    await b.untilHears({ present: [TONES.a] });
    assert.equal(await page.locator('.banner').count(), 0);

    wire.cut();

    await page.getByText(/^The connection to the server is lost\. Next attempt in \d+ s\.$/).waitFor();
    await page.getByText('Reconnecting', { exact: true }).waitFor({ state: 'attached' });
    await b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] });
    wire.mend();
    // It may be connecting at this moment, by itself.
    await button(page, 'Try now').click({ timeout: 5_000 }).catch(() => undefined);
    await ready(page);
    await page.locator('.banner').waitFor({ state: 'detached' });
    await state(page, 'active');
    await b.untilHears({ present: [TONES.a], absent: [TONES.b] });
    assert.deepEqual(page.complaints.filter((line) => !line.includes('WebSocket')), []);
  });

  test('a page that is loaded anew while the server is out of reach gets its call back when it is there again', LIMIT, async () => {
    const page = await signedIn('a', '1000', { server: wire.url });
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await button(page, 'Answer').click();
    await b.untilHears({ present: [TONES.a] });
    wire.cut();

    await page.reload();
    await page.getByText('Connecting to the server again…').first().waitFor();
    await page.reload();
    await page.getByText('Connecting to the server again…').first().waitFor();
    wire.mend();

    await ready(page);
    await state(page, 'active');
    await b.untilHears({ present: [TONES.a], absent: [TONES.b] });
  });

  test('who does not want to wait for a server that is out of reach signs out', LIMIT, async () => {
    const page = await signedIn('a', '1000', { server: wire.url });
    wire.cut();
    await page.reload();
    await page.getByText('Connecting to the server again…').first().waitFor();

    await button(page, 'Sign out').click();

    await page.getByLabel('Password').waitFor();
    wire.mend();
    await page.reload();
    await page.getByLabel('Password').waitFor();
  });

  test('a server that is not there is named, with what to do', LIMIT, async () => {
    const page = await signedOut('a');
    wire.cut();
    await page.getByText('Options').click();
    await page.getByLabel('Server').fill(wire.url);

    await signInWith(page, '1000');

    const words = await alert(page, /./);
    assert.ok(words.includes(wire.url), words);
    assert.match(words, /Check the address, and that the server is running/);
  });

  test('a second tab is signed in by itself, a call is there once, and who signs out stays out', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    const tab = pageOf(await page.context().newPage());
    await tab.goto(theServer().url);
    await ready(tab);

    await b.dial('1000');
    await Promise.all([state(page, 'incoming'), state(tab, 'incoming')]);
    await button(tab, 'Answer').click();
    await state(tab, 'active');
    await heading(page, 'Answered elsewhere');
    await button(tab, 'Hang up').click();
    await heading(tab, 'You hung up');
    await button(page, 'History').click();
    const calls = page.getByRole('region', { name: 'History' }).getByRole('listitem');
    await calls.filter({ hasText: /Incoming · 0:\d\d/ }).waitFor();
    assert.equal(await calls.count(), 1);

    await button(tab, 'Sign out').click();
    await tab.reload();
    await tab.getByLabel('Password').waitFor();
    await ready(page);
  });

  test('a tab that was duplicated has a session of its own, and the first one keeps its', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const session = (of) => of.evaluate(() => sessionStorage.getItem('jverto.session'));
    const kept = await session(page);
    const tab = pageOf(await page.context().newPage());
    // What a browser does that opens a tab a second time.
    await tab.addInitScript((id) => sessionStorage.getItem('jverto.session') ?? sessionStorage.setItem('jverto.session', id), kept);

    await tab.goto(theServer().url);
    await ready(tab);

    assert.notEqual(await session(tab), kept);
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await Promise.all([state(page, 'incoming'), state(tab, 'incoming')]);
    assert.equal(await session(page), kept);
  });

  test('a session that is taken up somewhere else says so where it was, which can move back', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const tab = await signedOut('b');
    const kept = await page.evaluate(() => sessionStorage.getItem('jverto.session'));
    await tab.evaluate((id) => {
      sessionStorage.setItem('jverto.session', id);
      localStorage.setItem('jverto.login', '1000');
    }, kept);
    await tab.reload();

    await signInWith(tab, '1000');
    await ready(tab);

    assert.match(await alert(page, /./), /^You signed in somewhere else.*Sign in here again|^You signed in somewhere else/);
    await page.getByLabel('Password').fill('end-to-end');
    await page.keyboard.press('Enter');
    await ready(page);
    assert.match(await alert(tab, /./), /^You signed in somewhere else/);
  });

  test('a microphone that is unplugged in mid-call is named, and comes back', LIMIT, async () => {
    const page = await pluggable('a', '1000');
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await button(page, 'Answer').click();
    await b.untilHears({ present: [TONES.a] });

    await page.evaluate(() => window.pull());

    assert.match(await alert(page, /./), /^The microphone was unplugged\. Plug it in again/);
    await b.untilHears({ absent: [TONES.a] });
    await state(page, 'active');
    await page.evaluate(() => window.plug());
    await b.untilHears({ present: [TONES.a] });
    await page.locator('.talk .trouble').waitFor({ state: 'detached' });
  });

  test('a machine without a microphone says what to do, on calls out and in', LIMIT, async () => {
    const page = await pluggable('a', '1000');
    await page.evaluate(() => window.pull());

    await dial(page, '9196');

    assert.match(await alert(page, /./), /^No microphone was found\. Plug one in/);
    await heading(page, 'The call failed');
    const b = await loggedIn('b', '1001');
    await b.dial('1000');
    await state(page, 'incoming');
    await button(page, 'Answer').click();
    await b.next('ended');
    assert.match(await alert(page, /./), /^No microphone was found/);
  });

  test('a browser that plays nothing before a click is named, and the click is enough', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    // As browsers do with a page that was loaded anew; this one lets whoever uses the microphone play.
    await page.addInitScript(() => {
      const { play } = HTMLMediaElement.prototype;
      let clicked = false;
      window.addEventListener('pointerdown', () => (clicked = true), true);
      HTMLMediaElement.prototype.play = function () {
        return clicked ? play.call(this) : Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
      };
    });
    await dial(page, '9198');
    await state(page, 'active');
    await page.reload();
    await state(page, 'active');

    assert.equal(await alert(page, /./), 'The browser plays nothing yet. Click anywhere on the page.');

    await page.locator('.talk .trouble').click();
    await page.locator('.talk .trouble').waitFor({ state: 'detached' });
    await hearsSomething(page);
    await button(page, 'Hang up').click();
    await state(page, 'none');
  });

  test('a message of a megabyte is not taken, and a long one that comes is cut', LIMIT, async () => {
    const page = await signedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await button(page, 'Messages').click();
    await page.getByLabel('To (number)').fill('1001');
    await button(page, 'Write').click();

    await page.getByLabel('Message', { exact: true }).fill('y'.repeat(1_000_000));

    assert.match(await alert(page, /./), /^A message can have 8000 characters at most; this one is longer\.$/);
    await page.getByLabel('Message', { exact: true }).fill('<script>alert(1)</script>');
    await button(page, 'Send').click();
    assert.equal((await b.next('message')).body, '<script>alert(1)</script>');
    await b.act('message', '1000', '<b>z</b>'.repeat(5_000));
    await page.getByText('Only the beginning is shown; the message has 40000 characters.').waitFor();
    assert.equal(await page.getByRole('log').locator('b, script').count(), 0);
  });

  test('what whoever runs the server announces is shown until it is read', LIMIT, async () => {
    const page = await signedIn('a', '1000');

    await command('verto announce <b>We restart</b> at six.');

    await page.getByRole('status').getByText('The operator says: <b>We restart</b> at six.').waitFor();
    await button(page, 'Close').click();
    await page.getByText(/^The operator says/).waitFor({ state: 'detached' });
  });

  test('the network of the machine is gone: the banner says that', LIMIT, async () => {
    const page = await signedIn('a', '1000', { server: wire.url });
    wire.cut();
    await page.context().setOffline(true);

    await page.getByText('This device has no network. The page connects again as soon as there is one.').first().waitFor({ state: 'attached' });

    await page.context().setOffline(false);
    wire.mend();
    await ready(page);
  });
});
