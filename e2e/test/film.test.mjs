import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { BLUE, commands, eye, GREEN, memberOf, RED } from '../lib/eye.mjs';
import { clear, DISTANCE, LOUD, theServer, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 90_000 };
const CLAP_HERTZ = 900;
const FILM_HERTZ = 1_700;
const SCRIPT = readFileSync(new URL('../page/film.js', import.meta.url), 'utf8');

const near = (one, other) => one.every((value, i) => Math.abs(value - other[i]) < 60);

/** A client with a camera, whose page can examine films. */
async function filmer(name, user) {
  const one = await eye(name, user);
  await one.page.addScriptTag({ content: SCRIPT });
  return one;
}

const act = (one, action, ...parameters) => one.page.evaluate(([wanted, given]) => window.film[wanted](...given), [action, parameters]);

/** Where a recording of a room can be fetched, as soon as its file is closed. */
async function linkTo(link, room, file) {
  for (const began = Date.now(); Date.now() - began < 12_000; ) {
    const reply = await link.api(`conference ${room} recording link ${file}`);
    if (reply.startsWith('+OK ')) return reply.slice(4).trim();
  }
  throw new Error(`${file} is never there`);
}

const folder = () => join(theServer().folder, 'data/recordings/e2e');

/** A recording of a call or of one member, which has no link, as an address in a page; its file is complete when its cues are there. */
async function blobOf(one, name) {
  const file = join(folder(), name);
  const cues = Buffer.from([0x1c, 0x53, 0xbb, 0x6b]);
  for (const began = Date.now(); Date.now() - began < 12_000; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const bytes = readFileSync(file);
    if (bytes.includes(cues, 500)) return `data:video/webm;base64,${bytes.toString('base64')}`;
  }
  throw new Error(`${name} is never closed`);
}

describe('films', () => {
  afterEach(clear);

  test('two in a room with a canvas are recorded, together and each alone, and the files play in a browser', LIMIT, async () => {
    const link = await commands();
    const [a, b] = await Promise.all([filmer('a', '1000'), filmer('b', '1001')]);
    await a.dial('3711', { colour: RED });
    await a.next('active');
    await b.dial('3711', { colour: GREEN });
    await b.next('active');
    await Promise.all([a, b].map((one) => one.seesAt([[0.25, 0.5, RED], [0.75, 0.5, GREEN]])));

    assert.match(await link.api('conference 3711 record e2e/film.webm'), /^\+OK Record file/);
    assert.match(await link.api('conference 3711 record e2e/each.webm tracks'), /^\+OK Record file/);
    await a.steadiness(3_500);
    const numbers = await Promise.all(['1000', '1001'].map((user) => memberOf(link, '3711', user)));
    assert.match(await link.api('conference 3711 norecord all'), /\+OK Stopped recording 3 file/);
    const film = await act(b, 'examine', await linkTo(link, '3711', 'film.webm'), [[0.25, 0.5], [0.75, 0.5]], [TONES.a, TONES.b, TONES.c]);

    assert.equal(film.type, 'video/webm');
    assert.deepEqual(film.part[0], 206);
    assert.deepEqual(film.part[2], film.same);
    assert.deepEqual([film.width, film.height, film.channels], [640, 480, 2]);
    assert.ok(film.duration > 3 && film.duration < 20, `${film.duration} s`);
    assert.ok(Math.abs(film.soundSeconds - film.duration) < 0.2, `${film.soundSeconds} s of sound in ${film.duration} s`);
    assert.ok(near(film.colours[0], RED) && near(film.colours[1], GREEN), JSON.stringify(film.colours));
    assert.ok(film.levels[0] > LOUD && film.levels[1] > LOUD && film.levels[2] < LOUD - DISTANCE, JSON.stringify(film.levels));

    const tracks = numbers.map((number) => readdirSync(folder()).filter((name) => name.startsWith(`each-${number}-`)));
    assert.deepEqual(tracks.map((files) => files.length), [1, 1], JSON.stringify(readdirSync(folder())));
    const [ofA, ofB] = await Promise.all(tracks.map(async ([file]) => act(b, 'examine', await blobOf(b, file), [[0.5, 0.5]], [TONES.a, TONES.b])));
    assert.ok(near(ofA.colours[0], RED) && near(ofB.colours[0], GREEN), JSON.stringify([ofA.colours, ofB.colours]));
    assert.ok(ofA.levels[0] > LOUD && ofA.levels[1] < LOUD - DISTANCE, JSON.stringify(ofA.levels));
    assert.ok(ofB.levels[1] > LOUD && ofB.levels[0] < LOUD - DISTANCE, JSON.stringify(ofB.levels));
    link.close();
  });

  test('the recording of a room without a canvas shows who talks, one after the other', LIMIT, async () => {
    const link = await commands();
    const [a, b, c] = await Promise.all([filmer('a', '1000'), filmer('b', '1001'), eye('c', '1002')]);
    for (const [one, colour] of [[a, RED], [b, GREEN], [c, BLUE]]) {
      await one.dial('3074', { colour, silent: true });
      await one.next('active');
    }
    const talks = async (one, colour) => {
      await one.microphone(true);
      await c.sees(colour);
    };
    await talks(a, RED);
    assert.match(await link.api('conference 3074 record e2e/talk.webm'), /^\+OK Record file/);
    await c.steadiness(800);
    await a.microphone(false);
    await talks(b, GREEN);
    await c.steadiness(800);
    await link.api('conference 3074 norecord all');
    const seen = await act(a, 'colours', await linkTo(link, '3074', 'talk.webm'));

    assert.equal(seen.length, 2, JSON.stringify(seen));
    assert.ok(near(seen[0], RED) && near(seen[1], GREEN), JSON.stringify(seen));
    link.close();
  });

  test('a flash and a beep of one moment lie together in the recording of a call', LIMIT, async () => {
    const link = await commands();
    const a = await filmer('a', '1000');
    await act(a, 'clapping', CLAP_HERTZ);
    const id = await a.dial('9196', { colour: RED });
    await a.next('active');
    assert.match(await link.api(`uuid_record ${id} start e2e/claps.webm`), /^\+OK/);
    await a.steadiness(5_000);
    await link.api(`uuid_record ${id} stop all`);
    await a.hangUp();
    const { flashes, beeps, duration } = await act(a, 'claps', await blobOf(a, 'claps.webm'), CLAP_HERTZ);

    assert.ok(duration > 4 && duration < 15, `${duration} s`);
    assert.ok(flashes.length >= 3 && beeps.length >= 3, JSON.stringify({ flashes, beeps }));
    const apart = flashes.filter((at) => at > 1).map((at) => Math.min(...beeps.map((beep) => Math.abs(at - beep))));
    assert.ok(apart.every((one) => one < 0.1), JSON.stringify({ flashes, beeps }));
    link.close();
  });

  test('a film that a browser made plays into a call and into a room', LIMIT, async () => {
    const link = await commands();
    const a = await filmer('a', '1000');
    mkdirSync(folder(), { recursive: true });
    const file = join(folder(), 'made.webm');
    writeFileSync(file, Buffer.from(await act(a, 'made', BLUE, FILM_HERTZ, 4_000), 'base64'));

    await a.dial('7010', { colour: RED, silent: true });
    await a.next('active');
    await Promise.all([a.sees(BLUE), act(a, 'hears', FILM_HERTZ)]);
    await a.hangUp();

    await a.dial('3712', { colour: RED, silent: true });
    await a.next('active');
    await a.seesAt([[0.5, 0.5, RED]]);
    assert.match(await link.api(`conference 3712 play ${file}`), /^\+OK/);
    await Promise.all([a.seesAt([[0.25, 0.5, RED], [0.75, 0.5, BLUE]]), act(a, 'hears', FILM_HERTZ)]);
    await link.api('conference 3712 stop all');
    await a.seesAt([[0.25, 0.5, RED], [0.75, 0.5, RED]]);
    link.close();
  });
});
