import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { eye } from '../lib/eye.mjs';
import { lossyFor } from '../lib/lossy.mjs';
import { programAt } from '../lib/program.mjs';
import { clear, DOMAIN, loggedIn, theServer, TONES } from '../lib/stage.mjs';
import { judged } from '../lib/starved.mjs';
import { readTones } from '../lib/tone.mjs';

const LIMIT = { timeout: 60_000 };

describe('a conference', () => {
  afterEach(clear);

  test('each of three in 3000 hears the two others and not oneself', LIMIT, async () => {
    const members = [await loggedIn('a', '1000'), await loggedIn('b', '1001'), await loggedIn('c', '1002')];
    for (const member of members) {
      await member.dial('3000');
      await member.next('active');
    }

    await Promise.all(
      members.map((member) =>
        member.hearsSteadily({
          present: members.filter((other) => other !== member).map((other) => other.hertz),
          absent: [member.hertz],
        }),
      ),
    );
  });

  test('who leaves is not heard any more', LIMIT, async () => {
    const members = [await loggedIn('a', '1000'), await loggedIn('b', '1001'), await loggedIn('c', '1002')];
    const [a, b, c] = members;
    for (const member of members) {
      await member.dial('3002');
      await member.next('active');
    }
    await a.untilHears({ present: [TONES.b, TONES.c] });

    await c.hangUp();

    await a.untilHears({ present: [TONES.b], absent: [TONES.c, TONES.a] });
    await b.untilHears({ present: [TONES.a], absent: [TONES.c, TONES.b] });
  });

  test('who says nothing is not decoded, and is heard again as soon as he speaks', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    for (const member of [a, b]) {
      await member.dial('3006');
      await member.next('active');
    }
    await a.untilHears({ present: [TONES.b] });

    await b.microphone(false);
    await a.untilHears({ absent: [TONES.b] });
    const program = await programAt(theServer());
    const count = async (name) => JSON.parse(await program.run('counters json all like audio.frames_'))[`audio.frames_${name}`];
    const before = await count('skipped');
    while ((await count('skipped')) < before + 100) await b.measure([], 100);
    const decoded = await count('decoded');
    const skipped = await count('skipped');
    while ((await count('skipped')) < skipped + 50) await b.measure([], 100);
    const of = (await count('decoded')) - decoded;
    program.close();
    assert.ok(of < 75, `of two who send, one is decoded: ${of} frames in the time of 50`);

    await b.microphone(true);
    await a.untilHears({ present: [TONES.b] });
  });

  test('the key 0 arrives: it mutes the one who presses it, and unmutes again', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    for (const member of [a, b]) {
      await member.dial('3001');
      await member.next('active');
    }
    await b.untilHears({ present: [TONES.a] });

    await a.digits('0');
    await b.untilHears({ absent: [TONES.a] });
    await a.untilHears({ present: [TONES.b] });
    await a.digits('0');
    await b.untilHears({ present: [TONES.a] });
  });

  test('the key 0 arrives inside the sound as well', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    for (const member of [a, b]) {
      await member.dial('3003');
      await member.next('active');
    }
    await b.untilHears({ present: [TONES.a] });

    await a.digitsInSound('0');

    await b.untilHears({ absent: [TONES.a] });
  });

  test('a moderator mutes, unmutes and kicks from a page', LIMIT, async () => {
    const [a, b] = await moderated('04');

    await a.act('moderate', 'mute', '1001');
    assert.match((await a.next('reply')).response, /^\+OK mute \d+/);
    await a.untilHears({ absent: [TONES.b] });
    await b.untilHears({ present: [TONES.a] });
    await a.act('moderate', 'unmute', '1001');
    await a.untilHears({ present: [TONES.b] });
    await assert.rejects(b.act('moderate', 'mute', '1000'), /only moderators/);

    await a.act('moderate', 'kick', '1001');

    await b.next('ended');
    await a.untilHears({ absent: [TONES.b] });
  });

  test('volumes are as loud as they say', LIMIT, async () => {
    const [a, b] = await moderated('05');
    const usual = await level(a, TONES.b);

    await a.act('moderate', 'volume_in', '1001', '-4');
    await a.next('reply');
    await level(a, TONES.b, { wanted: usual - 14, within: 1.5, why: 'a fifth' });
    await a.act('moderate', 'volume_in', '1001', '1');
    await a.next('reply');
    await level(a, TONES.b, { wanted: usual + 2.3, within: 1.5, why: '1.3 times' });
    await a.act('moderate', 'volume_in', '1001', '0');
    await a.next('reply');
    await b.digits('1');
    await b.digits('1');
    await level(b, TONES.a, { wanted: usual - 4.4, within: 2, why: '0.6 times' });
  });

  test('who is placed left is heard left, and who is placed right is heard right', LIMIT, async () => {
    const [a, b] = await moderated('07');
    const c = await loggedIn('c', '1002', { stereo: true });
    await c.dial('3007');
    await c.next('active');
    await c.untilHears({ present: [TONES.a, TONES.b] });

    await a.act('moderate', 'position', '1000', '-1:0:0');
    assert.match((await a.next('reply')).response, /^\+OK Position \d+ = -1.00:0.00:0.00/);
    await a.act('moderate', 'position', '1001', '1:0:0');
    assert.match((await a.next('reply')).response, /^\+OK Position \d+ = 1.00:0.00:0.00/);
    await c.measure([TONES.a, TONES.b], 500);

    await c.steady([TONES.a, TONES.b], ({ channels: [left, right] }) => {
      assert.ok(left.tones[0] - right.tones[0] > 12, `a is left: ${left.tones[0]} and ${right.tones[0]} dB`);
      assert.ok(right.tones[1] - left.tones[1] > 12, `b is right: ${left.tones[1]} and ${right.tones[1]} dB`);
    });
    await a.hearsSteadily({ present: [TONES.b], absent: [TONES.a] });
    await b.hearsSteadily({ present: [TONES.a], absent: [TONES.b] });
  });

  test('a moderator records the room, and both are on the file', LIMIT, async () => {
    const [a, b] = await moderated('06');

    await a.act('moderate', 'recording', null, ['start', 'e2e/room.wav']);
    assert.match((await a.next('reply')).response, /^\+OK Record file/);
    await b.measure([TONES.a], 3_000);
    await a.act('moderate', 'recording', null, ['stop', 'all']);
    assert.match((await a.next('reply')).response, /\+OK Stopped recording 1 file/);
    await b.measure([TONES.a], 500);

    const { levels, seconds } = readTones(join(theServer().folder, 'data/recordings/e2e/room.wav'), [TONES.a, TONES.b, TONES.c]);
    assert.ok(seconds > 2.5 && seconds < 20, `${seconds} s`);
    assert.ok(levels[0] > -18 && levels[1] > -18 && levels[2] < -50, `${levels} dB`);
  });

  test('three pages see who is there and who talks, chat, and hear what was recorded; one of them is @signalwire/js', LIMIT, async () => {
    const [a, b] = await moderated('09');
    const c = await loggedIn('c', '1002', { client: 'signalwire' });
    await c.dial('3009');
    await c.next('active');
    await c.untilHears({ present: [TONES.a, TONES.b] });

    await until(a, 'roster', ({ members }) => members.length === 3 && members.every(({ talking, energy }) => talking && energy > 0));
    const lit = await judged(async () => ({ after: [await talkLights(b, '1001', [a, b]), await talkLights(b, '1001', [a, b])] }),
      ({ after }, times) => Math.min(...after) < 250 * times);
    console.log(`talk lights are on ${lit.after.join(' and ')} ms after the voice began`);
    await b.act('chat', 'can you hear me?');
    const { from, text } = await a.next('chat');
    assert.deepEqual({ from, text }, { from: `1001@${DOMAIN}`, text: 'can you hear me?' });

    // Whether the reply comes before it or behind is for nobody to say.
    await a.act('moderate', 'mute', '1002');
    await until(a, 'roster', ({ members }) => members.some(({ number, muted, talking }) => number === '1002' && muted && !talking));
    await b.untilHears({ present: [TONES.a], absent: [TONES.c] });

    await a.act('moderate', 'recording', null, ['start', 'e2e/heard.wav']);
    await until(a, 'reply', ({ response }) => /^\+OK Record file/.test(response));
    await b.measure([TONES.a], 2_000);
    await a.act('moderate', 'recording', null, ['stop', 'all']);
    await until(a, 'reply', ({ response }) => /\+OK Stopped recording/.test(response));
    const link = await linkTo(a, 'heard.wav');
    const copy = join(theServer().folder, 'fetched.wav');
    writeFileSync(copy, Buffer.from(await b.page.evaluate(bytesOf, link)));
    const { levels, seconds } = readTones(copy, [TONES.a, TONES.b, TONES.c]);
    assert.ok(seconds > 1.5 && seconds < 20, `${seconds} s`);
    assert.ok(levels[0] > -18 && levels[1] > -18 && levels[2] < -50, `${levels} dB`);
    assert.equal(await b.page.evaluate(async () => (await fetch('/recordings/heard.wav')).status), 404);

    await a.act('moderate', 'kick', '1002');
    await c.next('ended');
    await until(a, 'roster', ({ members }) => members.length === 2);
  });

  test('who loses packets gets redundancy, and the browser makes up less than one that does not take any', LIMIT, async () => {
    const network = await lossyFor(await eye('c', '1003'), 0.15);
    try {
      const [a, b, c] = await Promise.all([eye('a', '1000'), eye('b', '1001'), eye('c', '1002')]);
      await a.dial('3061', { receive: false, silent: true, port: network.port });
      await b.dial('3061', { receive: false, silent: true, port: network.port, redundancy: false });
      await c.dial('3061', { receive: false });
      await Promise.all([a, b, c].map((one) => one.next('active')));

      const begin = [await a.soundCounts({ redundant: 25 }), await b.soundCounts()];
      const end = await Promise.all([a, b].map((one, i) => one.soundCounts({ after: begin[i].packetsReceived + 170 })));

      const of = (name) => end.map((counts, i) => counts[name] - begin[i][name]);
      const shares = of('concealedSamples').map((concealed, i) => concealed / of('totalSamplesReceived')[i]);
      const seen = `made up: ${shares.map((share) => (100 * share).toFixed(1)).join(' and ')} %, lost: ${of('packetsLost')}, with redundancy: ${of('fecPacketsReceived')}`;
      console.log(seen);
      assert.equal(end[1].fecPacketsReceived, 0, seen);
      assert.ok(end[0].fecPacketsReceived > end[0].fecPacketsDiscarded, `some is needed: ${JSON.stringify(end[0])}`);
      assert.ok(Math.min(...of('packetsLost')) >= 10, seen);
      assert.ok(shares[0] < 0.6 * shares[1], seen);
    } finally {
      await network.close();
    }
  });

  test('a moderator who sends 10,000 commands in a second disturbs neither the sound nor the other moderator', LIMIT, async () => {
    const [a, b] = await moderated('62');
    const flooding = await eye('c', '1002');
    await flooding.dial('3162', { receive: false, silent: true });
    await flooding.next('active');
    await until(a, 'roster', ({ members }) => members.length === 3);

    const heard = b.measure([TONES.a], 3_000);
    const flood = flooding.flood('verto.broadcast', {
      eventChannel: `conference-mod.3062@${DOMAIN}`, data: { application: 'conf-control', command: 'tmute', id: '9999', value: null },
    }, 10_000);
    const began = performance.now();
    await a.act('moderate', 'mute', '1001');
    await until(a, 'roster', ({ members }) => members.some(({ number, muted }) => number === '1001' && muted));
    const obeyed = performance.now() - began;
    const { counts } = await heard;
    const seen = JSON.stringify({ obeyed, flood: await flood, counts });
    console.log(seen);
    assert.ok((await flood).open && obeyed < 5_000, seen);
    assert.ok(counts.packetsLost <= 0 && counts.packetsReceived > 120 && counts.concealed < 0.1 * counts.samples, seen);
    await b.untilHears({ present: [TONES.a] });
    await a.untilHears({ absent: [TONES.b] });
  });

  test('a room with a PIN lets in who knows it', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const b = await loggedIn('b', '1001');
    await a.dial('7004');
    await a.next('active');
    await a.digits('4711');
    await b.dial('7004');
    await b.next('active');

    await b.digits('0000');
    await b.measure([TONES.a], 2_500); // what it is told then takes its time; keys meanwhile do not count
    await b.untilHears({ absent: [TONES.a] });
    await b.digits('4711');

    await b.untilHears({ present: [TONES.a] });
    await a.untilHears({ present: [TONES.b] });
  });
});

/** Waits for an event of which something holds. */
async function until(client, type, holds) {
  for (;;) {
    const event = await client.next(type);
    if (holds(event)) return event;
  }
}

/** Lets somebody be silent and talk again: how long after that the last of some pages shows it, in milliseconds. */
async function talkLights(talker, user, pages) {
  await talker.microphone(false);
  await Promise.all(pages.map((page) => until(page, 'roster', ({ members }) => members.some(({ number, talking }) => number === user && !talking))));
  const began = await talker.microphone(true);
  const shown = await Promise.all(pages.map((page) => until(page, 'roster', ({ members }) => members.some(({ number, talking }) => number === user && talking))));
  return Math.max(...shown.map(({ at }) => at)) - began;
}

/** Where a recording of the room can be fetched, as soon as its file is closed. */
async function linkTo(moderator, file) {
  for (;;) {
    await moderator.act('moderate', 'recording', null, ['link', file]);
    const { response } = await moderator.next('reply');
    if (response.startsWith('+OK ')) return response.slice(4).trim();
  }
}

/** In a page: what an address has, as numbers. */
async function bytesOf(address) {
  return [...new Uint8Array(await (await fetch(address)).arrayBuffer())];
}

/** 1000 as moderator and 1001 in room 30xx, hearing each other. */
async function moderated(digits) {
  const a = await loggedIn('a', '1000');
  const b = await loggedIn('b', '1001');
  await a.dial(`31${digits}`);
  await a.next('active');
  await b.dial(`30${digits}`);
  await b.next('active');
  await a.untilHears({ present: [TONES.b] });
  await b.untilHears({ present: [TONES.a] });
  return [a, b];
}

/** How loud a tone is in a window in which the sound is as it was sent: as wanted, once what a busy machine had still to play, and prompts, are over. */
async function level(client, hertz, { wanted = 0, within = Infinity, why } = {}) {
  await client.measure([hertz], 500);
  const { channels } = await client.steady([hertz], ({ channels: [left] }) => {
    assert.ok(Math.abs(left.tones[0] - wanted) < within, `${why}: ${left.tones[0]} dB instead of ${wanted}`);
  });
  return channels[0].tones[0];
}
