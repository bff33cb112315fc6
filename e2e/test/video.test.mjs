import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { BLUE, commands, eye, GREEN, memberOf, RED } from '../lib/eye.mjs';
import { lossyFor } from '../lib/lossy.mjs';
import { clear } from '../lib/stage.mjs';

const LIMIT = { timeout: 60_000 };
/** What nobody notices, between sound and picture (ITU-R BT.1359: 125 ms late, 45 ms early), with a picture's time for measuring. */
const APART_MS = 100;
/** What takes long and seldom breaks: with JVERTO_E2E_LONG set. */
const BY_HAND = process.env.JVERTO_E2E_LONG === undefined && 'tried by hand';
const LONG = { timeout: 120_000 };

const both = async () => Promise.all([eye('a', '1000'), eye('b', '1001')]);

/** Two in a call, each with a camera of its colour unless other options are given. */
async function together(a, b, ofA = { colour: RED }, ofB = { colour: GREEN }) {
  await a.dial('1001', ofA);
  const ring = await b.next('incoming');
  await b.answer(ofB);
  await Promise.all([a.next('active'), b.next('active')]);
  return ring;
}

describe('video', () => {
  afterEach(clear);

  test('two users see each other, and nothing freezes', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b);

    await Promise.all([a.sees(GREEN), b.sees(RED)]);

    for (const seen of await Promise.all([a.steadiness(4000), b.steadiness(4000)])) {
      assert.ok(seen.longestGap < 500, JSON.stringify(seen));
      assert.ok(seen.fps > 12, JSON.stringify(seen));
      assert.deepEqual(new Set(seen.stats.codec), new Set(['video/VP8']));
      assert.equal(seen.stats.transports, 1, 'sound and picture share a transport');
    }
  });

  test('who asks for a new picture gets key frames of both', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b);
    await Promise.all([a.sees(GREEN), b.sees(RED)]);
    const before = await Promise.all([a.keyFrames(), b.keyFrames()]);

    await a.modify('videoRefresh');

    await Promise.all([a.keyFrames(before[0] + 1), b.keyFrames(before[1] + 1)]);
  });

  test('an echo shows oneself', LIMIT, async () => {
    const a = await eye('a', '1000');
    await a.dial('9196', { colour: BLUE });
    await a.next('active');
    await a.sees(BLUE);
  });

  test('a room shows who talks to all others; a moderator gives the floor, and the picture is there within half a second', LIMIT, async () => {
    const link = await commands();
    const [a, b, c] = await Promise.all([eye('a', '1000'), eye('b', '1001'), eye('c', '1002')]);
    for (const [one, colour] of [[a, RED], [b, GREEN], [c, BLUE]]) {
      await one.dial('3020', { colour, silent: true });
      await one.next('active');
    }
    await b.microphone(true);
    await Promise.all([a.sees(GREEN), c.sees(GREEN)]);
    const [, steady] = await Promise.all([b.sees(RED), c.steadiness(2000)]);
    assert.ok(steady.longestGap < 500, JSON.stringify(steady));

    await b.microphone(false);
    await a.microphone(true);
    await Promise.all([b.sees(RED), c.sees(RED)]);
    await a.sees(GREEN); // who talked before

    const id = await memberOf(link, '3020', '1002');
    await Promise.all([b.soon(BLUE), link.api(`conference 3020 vid-floor ${id} force`)]);
    const { took, longestGap } = await b.sees(BLUE);
    assert.ok(took < 500, `it took ${took} ms`);
    assert.ok(longestGap < 500, `nothing was seen for ${longestGap} ms`);
    assert.match(await link.api('conference 3020 vmute ' + id), /^\+OK vmute/);
    await b.sees(RED);
    link.close();
  });

  test('hold takes the picture away from both, and it comes back', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b);
    await Promise.all([a.sees(GREEN), b.sees(RED)]);

    await a.modify('hold');
    await Promise.all([a.stands(), b.stands()]);
    await a.modify('unhold');

    await Promise.all([a.sees(GREEN), b.sees(RED)]);
  });

  test('video is added to a running call on both sides, and taken away', LIMIT, async () => {
    const [a, b] = await both();
    const ring = await together(a, b, { receive: false }, {});
    assert.doesNotMatch(ring.sdp, /m=video/);

    await a.addVideo(RED);
    await b.addVideo(GREEN);
    await Promise.all([a.sees(GREEN), b.sees(RED)]);
    assert.match(await b.removeVideo(), /a=inactive/);

    await a.stands();
    assert.equal((await b.inbound()).transports, 1);
  });

  test('a picture that is turned and grows is seen so', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b);
    await b.sees(RED);

    await a.resize(240, 320);

    await b.untilSize(240, 320);
    await a.resize(640, 480);
    await b.untilSize(640, 480);
    assert.ok((await b.steadiness(1500)).longestGap < 500);
  });

  test('after a reload both see each other again', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b);
    await Promise.all([a.sees(GREEN), b.sees(RED)]);

    const back = await a.reload();
    const offer = await back.next('attach');
    assert.match(offer.sdp, /m=video [1-9]/);
    await back.answer({ colour: BLUE }, 'verto.attach');

    await Promise.all([back.sees(GREEN), b.sees(BLUE)]);
  });

  test('ICE begins anew and the picture goes on', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b);
    await b.sees(RED);

    await a.renegotiate({ restart: true });

    await Promise.all([a.sees(GREEN), b.sees(RED)]);
    assert.ok((await b.steadiness(2000)).longestGap < 500);
  });

  test('who has no camera is seen by nobody and rings nobody for video', LIMIT, async () => {
    const [a, b] = await both();

    const ring = await together(a, b, {}, {});

    assert.doesNotMatch(ring.sdp, /m=video/);
  });

  test('a screen without sound is seen by oneself, by somebody who is called, after a reload, and by a room', LIMIT, async () => {
    const [a, b] = await both();
    const screen = { colour: BLUE, sound: false, size: [640, 360], params: { screenShare: true, dedEnc: true, caller_id_name: '1000 (Screen)' } };
    await a.dial('9196', screen);
    assert.doesNotMatch((await a.next('active')).sdp, /m=audio/);
    await a.sees(BLUE);
    await a.hangUp();

    await together(a, b, screen, { colour: GREEN });
    await Promise.all([a.sees(GREEN), b.sees(BLUE)]);
    const back = await a.reload();
    assert.doesNotMatch((await back.next('attach')).sdp, /m=audio/);
    await back.answer({ colour: RED, sound: false }, 'verto.attach');
    await Promise.all([back.next('active'), back.sees(GREEN), b.sees(RED)]);
    await back.hangUp();
    await b.next('ended');

    const link = await commands();
    await b.dial('3021', { colour: GREEN, silent: true });
    await b.next('active');
    await back.dial('3021', { ...screen, receive: false });
    await back.next('active');
    await link.api(`conference 3021 vid-floor ${await memberOf(link, '3021', '1000')} force`);
    await b.sees(BLUE);
    link.close();
  });

  test('two without a codec in common have sound alone', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b, { colour: RED, codecs: ['video/VP8'] }, { colour: GREEN, codecs: ['video/VP9'] });

    assert.match((await b.sdp()).local, /m=video 0 |a=inactive/);
    assert.ok((await b.look()).frames < 2, 'at most a black one');
  });

  for (const codec of ['video/VP9', 'video/H264', 'video/AV1']) {
    test(`${codec} is passed on`, LIMIT, async () => {
      const [a, b] = await both();
      await together(a, b, { colour: RED, codecs: [codec] });

      await Promise.all([a.sees(GREEN), b.sees(RED)]);

      assert.deepEqual(new Set((await b.inbound()).codec), new Set([codec]));
    });
  }

  test('who asks for less than the server would take gets less', LIMIT, async () => {
    const [a, b] = await both();
    await together(a, b, { colour: RED, params: { outgoingBandwidth: 200 } });

    await b.sees(RED);

    assert.match((await a.sdp()).remote, /b=AS:200\r/);
  });

  test('a flash and the beep of its moment come together, in a call and on a canvas', { ...LONG, skip: BY_HAND }, async () => {
    const [a, b] = await both();
    await together(a, b, { colour: BLUE }, { colour: GREEN });
    await b.sees(BLUE);
    await a.flash();
    const inCall = await b.behind();
    assert.ok(Math.abs(inCall) < APART_MS, `${inCall} ms`);
    await a.hangUp();
    await b.next('ended');

    await b.dial('3715', { colour: GREEN, silent: true });
    await b.next('active');
    await a.dial('3715', { colour: BLUE });
    await a.next('active');
    await b.seesAt([[0.75, 0.5, BLUE]]);
    await a.flash();
    const onCanvas = await b.behind([0.75, 0.5]);
    console.log(`the beep is ${Math.round(inCall)} ms behind the flash in a call, ${Math.round(onCanvas)} ms on a canvas`);
    assert.ok(Math.abs(onCanvas) < APART_MS, `${onCanvas} ms`);
  });

  describe('over a network that is not perfect', () => {
    const networks = [];

    /** A network to the server's media, that is closed after the test. */
    async function network(share) {
      const made = await lossyFor(await eye('c', '1002'), share);
      networks.push(made);
      return made;
    }

    afterEach(async () => Promise.all(networks.splice(0).map((one) => one.close())));

    test('with a loss of five in a hundred packets each way the picture goes on', LONG, async () => {
      const bad = await network(0.05);
      const [a, b] = await both();
      await a.dial('1001', { colour: BLUE, size: [640, 480], port: bad.port });
      await b.next('incoming');
      await b.answer({ colour: GREEN });
      await Promise.all([a.sees(GREEN), b.sees(BLUE)]);

      const [there, here] = await Promise.all([b.steadiness(6000), a.steadiness(6000)]);

      assert.ok(bad.counts.lost > 30, JSON.stringify(bad.counts));
      for (const seen of [there, here]) {
        assert.ok(seen.longestGap < 500, JSON.stringify(seen));
        assert.ok(seen.fps > 12, JSON.stringify(seen));
      }
      assert.ok(there.stats.in.pliCount <= 3, JSON.stringify(there.stats));
    });

    test('with the same loss a canvas goes on for who loses and for who does not', LONG, async () => {
      const bad = await network(0.05);
      const [a, b] = await both();
      await a.dial('3713', { colour: BLUE, size: [320, 240], silent: true, port: bad.port });
      await a.next('active');
      await b.dial('3713', { colour: GREEN, size: [320, 240], silent: true });
      await b.next('active');
      await Promise.all([a, b].map((one) => one.seesAt([[0.25, 0.5, BLUE], [0.75, 0.5, GREEN]])));

      await Promise.all([a.steady(10), b.steady(10)]);
      assert.ok(bad.counts.lost > 30, JSON.stringify(bad.counts));
    });

    for (const [what, dial] of [
      ['a call', async (a, b, port) => {
        await a.dial('1001', { colour: BLUE, size: [640, 480], busy: true, port });
        await b.next('incoming');
        await b.answer({ colour: GREEN });
      }],
      ['a canvas', async (a, b, port) => {
        await b.dial('3714', { colour: GREEN, silent: true });
        await b.next('active');
        await a.dial('3714', { colour: BLUE, size: [640, 480], busy: true, silent: true, port });
      }],
    ]) {
      test(`in ${what} a sender sends less where the network carries less, and more again afterwards`, { ...LONG, skip: BY_HAND }, async () => {
        const narrow = await network(0);
        const [a, b] = await both();
        await dial(a, b, narrow.port);
        await a.next('active');
        const before = await a.sends({ over: 380 });
        narrow.cap(250);
        const during = await a.sends({ under: 265 });
        narrow.cap(Infinity);
        const after = await a.sends({ over: 330 });
        assert.ok(during < before && after > during, JSON.stringify({ before, during, after }));
      });
    }
  });
});
