import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { launch } from '../lib/chromium.mjs';
import { withLibrary } from '../lib/library.mjs';
import { clear, theServer, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };

/** Calls the echo, and listens; or plays what comes, for a browser tells how loud that is only while it does. */
async function echoed({ page }, how = 'listen') {
  await page.evaluate(async (how) => {
    window.news = [];
    const call = window.session.dial('9196');
    window.call = call;
    call.on('microphone', (news) => window.news.push(news.kind));
    const speaker = new window.sdk.Speaker();
    call.on('sound', (stream) => (how === 'listen' ? window.kit.listenTo({ srcObject: stream }) : speaker.play(stream)));
    await new Promise((resolve) => call.on('state', (state) => state === 'active' && resolve()));
  }, how);
}

describe('devices', () => {
  afterEach(clear);

  test('are listed by name once the microphone was allowed', LIMIT, async () => {
    const a = await withLibrary('a');

    const found = await a.page.evaluate(async () => {
      const devices = new window.sdk.Devices();
      const { microphones, speakers } = await devices.ask();
      return { microphones, speakers, permission: await devices.permission(), canChoose: devices.canChooseSpeaker };
    });

    assert.ok(found.microphones.length >= 2, JSON.stringify(found));
    assert.ok(found.microphones.every(({ id, name }) => id !== '' && name !== ''), JSON.stringify(found));
    assert.ok(found.speakers.length >= 1, JSON.stringify(found));
    assert.equal(found.permission, 'granted');
    assert.equal(found.canChoose, true);
  });

  test('another microphone speaks in mid-call, and another speaker plays', LIMIT, async () => {
    const a = await withLibrary('a');
    await echoed(a);
    await a.untilHears({ present: [TONES.a] });

    const chosen = await a.page.evaluate(async () => {
      const devices = new window.sdk.Devices();
      const { microphones, speakers } = await devices.ask();
      const before = window.call.voice.getAudioTracks()[0];
      const { id } = microphones.at(-1);
      await window.call.useMicrophone(window.sdk.microphoneOf(id));
      const after = window.call.voice.getAudioTracks()[0];
      const speaker = new window.sdk.Speaker();
      await speaker.play(window.call.sound);
      await speaker.use(speakers.at(-1).id);
      const missing = await speaker.use('no-such-speaker').catch((error) => error.trouble.kind);
      return { before: before.readyState, is: after.getSettings().deviceId === id, device: speaker.device === speakers.at(-1).id, missing };
    });

    assert.deepEqual(chosen, { before: 'ended', is: true, device: true, missing: 'speaker-missing' });
    await a.untilHears({ absent: [TONES.b], present: [TONES.a] });
    assert.deepEqual(await a.page.evaluate(() => window.news), ['chosen']);
  });

  test('a microphone that ends in mid-call is replaced, and the sound goes on', LIMIT, async () => {
    const a = await withLibrary('a');
    await echoed(a);
    await a.page.evaluate(async () => {
      const { microphones } = await new window.sdk.Devices().ask();
      await window.call.useMicrophone(window.sdk.microphoneOf(microphones.at(-1).id));
    });

    // No fake device can be unplugged: the track is told that it was, as a browser does then.
    await a.page.evaluate(() => {
      const track = window.call.voice.getAudioTracks()[0];
      track.stop();
      track.dispatchEvent(new Event('ended'));
    });
    await a.page.waitForFunction(() => window.news.length === 2);

    assert.deepEqual(await a.page.evaluate(() => window.news), ['chosen', 'fell-back']);
    await a.untilHears({ present: [TONES.a] });
  });

  test('a microphone that is refused is a trouble with a name', LIMIT, async () => {
    const deaf = await withLibrary('deaf');

    const kinds = await deaf.page.evaluate(async () => {
      const asked = await new window.sdk.Devices().ask().catch((error) => error.trouble.kind);
      const call = window.session.dial('9196');
      const end = await new Promise((resolve) => call.on('ended', resolve));
      return [asked, end.trouble.kind, window.sdk.advise(end.trouble).todo];
    });

    assert.deepEqual(kinds, ['microphone-refused', 'microphone-refused', 'Allow it in the address bar, or in the settings of the system, and call again.']);
  });
});

describe('before a call', () => {
  afterEach(clear);

  test('the test measures speed, network and the own voice', LIMIT, async () => {
    const a = await withLibrary('a');

    const report = await a.page.evaluate(async () => {
      const steps = [];
      const found = await window.sdk.preCallTest(window.session, { milliseconds: 3_000, onStep: (step) => steps.push(step) });
      return { ...found, steps };
    });

    assert.deepEqual(report.steps, ['microphone', 'speed', 'call']);
    assert.deepEqual(report.troubles, {});
    assert.notEqual(report.verdict, 'failed');
    assert.ok(report.speed.up > 1_000 && report.speed.down > 1_000, JSON.stringify(report.speed));
    assert.ok(report.network.loss < 0.05 && report.network.score > 2 && report.network.roundTripMs < 1_000, JSON.stringify(report.network));
    assert.ok(report.ownLevel > 0.01, JSON.stringify(report.ownLevel));
  });

  test('a monitor samples what is received, sent and heard', LIMIT, async () => {
    const a = await withLibrary('a');
    await echoed(a, 'play');

    const sample = await a.page.evaluate(async () => {
      const monitor = window.call.monitor({ every: 500 });
      for (const seen = []; ; ) {
        const next = await new Promise((resolve) => monitor.on('sample', resolve));
        // The first moments of a call may pass before the first packet.
        seen.push(next);
        if (seen.length > 20) throw new Error(JSON.stringify(seen.slice(-3)));
        if (next.level > 0.01 && next.ownLevel > 0.01) return next;
      }
    });

    assert.ok(sample.received > 5 && sample.sent > 5, JSON.stringify(sample));
    assert.ok(sample.quality.score > 1, JSON.stringify(sample));
  });
});

describe('a browser that blocks sound', () => {
  test('plays after a click, and says so', LIMIT, async () => {
    const browser = await launch({ autoplay: 'blocked' });
    try {
      const page = await browser.newPage({ bypassCSP: true });
      const heard = [];
      let tellNext;
      const next = () => new Promise((resolve) => (tellNext = resolve));
      await page.exposeFunction('tellTest', (blocked) => {
        heard.push(blocked);
        tellNext?.();
      });
      // By the page itself as it loads: what a test evaluates counts as a gesture.
      await page.addInitScript(async () => {
        const sdk = await import('/sdk/jverto.js');
        window.speaker = new sdk.Speaker();
        window.speaker.on('blocked', window.tellTest);
        await window.speaker.play(new AudioContext().createMediaStreamDestination().stream);
      });
      const blocked = next();
      await page.goto(new URL('/nothing-here', theServer().url).href);
      await blocked;
      assert.deepEqual(heard, [true]);

      const plays = next();
      await page.mouse.click(20, 20);
      await plays;

      assert.deepEqual(heard, [true, false]);
    } finally {
      await browser.close();
    }
  });
});
