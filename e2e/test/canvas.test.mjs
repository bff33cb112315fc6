import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { BLUE, commands, eye, GREEN, memberOf, RED, YELLOW } from '../lib/eye.mjs';
import { clear } from '../lib/stage.mjs';
import { stretched } from '../lib/starved.mjs';
import { theirs } from '../lib/theirs.mjs';

const LIMIT = { timeout: 120_000 };
/** Where nobody is. */
const EMPTY = [51, 51, 51];
const COLOURS = [RED, GREEN, BLUE, YELLOW];
const USERS = ['1000', '1001', '1002', '1003'];

/** Middles of the places of a grid, in the order in which members sit. */
const grid = (side, colours) => colours.map((colour, i) => [((i % side) + 0.5) / side, (Math.floor(i / side) + 0.5) / side, colour]);

/** Four in a room with a canvas, one after the other, each with a camera of its colour. */
async function four(room) {
  const all = await Promise.all(USERS.map((user) => eye(`canvas-${user}`, user)));
  for (const [i, one] of all.entries()) {
    await one.dial(room, { colour: COLOURS[i], size: [320, 240], silent: true });
    await one.next('active');
  }
  return all;
}

describe('canvas', () => {
  afterEach(clear);

  test('four in a room see each one in its place, and a layout changes while they look', LIMIT, async () => {
    const link = await commands();
    const all = await four('3701');

    await Promise.all(all.map((one) => one.seesAt(grid(2, COLOURS), 40_000)));
    const [steady, times] = await stretched(() => all[3].steadiness(3000));
    assert.ok(steady.longestGap < 500 * times, JSON.stringify({ times, ...steady }));
    assert.ok(steady.fps > 10 / times, JSON.stringify({ times, ...steady }));
    assert.deepEqual(new Set(steady.stats.codec), new Set(['video/VP8']));
    assert.equal(steady.stats.in.frameWidth, 640);
    assert.equal(steady.stats.in.frameHeight, 480);

    assert.equal(await link.api('conference 3701 vid-layout 3x3'), '+OK Change canvas 1 to layout [3x3]\n');
    await Promise.all(all.map((one) => one.seesAt(grid(3, [...COLOURS, EMPTY]))));

    await link.api('conference 3701 vid-layout group:grid');
    assert.match(await link.api(`conference 3701 vmute ${await memberOf(link, '3701', '1001')}`), /^\+OK vmute/);
    await all[0].seesAt([[0.5, 0.25, RED], [0.25, 0.75, BLUE], [0.75, 0.75, YELLOW]]);
    await all[0].hangUp();
    await Promise.all(all.slice(2).map((one) => one.seesAt([[0.25, 0.5, BLUE], [0.75, 0.5, YELLOW]])));
    link.close();
  });

  test('a moderator gives somebody the large place, and a member without a camera watches', LIMIT, async () => {
    const link = await commands();
    const [a, b, c] = await Promise.all(USERS.slice(0, 3).map((user) => eye(`canvas-${user}`, user)));
    await a.dial('3702', { colour: RED, silent: true });
    await a.next('active');
    await b.dial('3702', { colour: GREEN, silent: true });
    await b.next('active');
    await c.dial('3702', { silent: true });
    await c.next('active');
    assert.match(await link.api('conference 3702 vid-layout 1up_top_left+5'), /^\+OK/);

    assert.match(await link.api(`conference 3702 vid-floor ${await memberOf(link, '3702', '1001')} force`), /^\+OK floor/);
    await Promise.all([a, b, c].map((one) => one.seesAt([[0.33, 0.33, GREEN], [5 / 6, 1 / 6, RED]])));
    assert.match(await link.api(`conference 3702 vid-floor ${await memberOf(link, '3702', '1000')} force`), /^\+OK floor/);
    await Promise.all([a, b, c].map((one) => one.seesAt([[0.33, 0.33, RED], [5 / 6, 1 / 6, GREEN]])));
    link.close();
  });

  test('a screen is seen beside the camera of whoever shows it', LIMIT, async () => {
    const a = await eye('canvas-1000', '1000');
    await a.dial('3703', { colour: RED, silent: true });
    await a.next('active');
    const screen = await eye('canvas-1000', '1000');
    await screen.dial('3703-screen', { colour: BLUE, sound: false, receive: false, size: [640, 360], params: { screenShare: true } });
    await screen.next('active');

    await a.seesAt([[0.25, 0.5, RED], [0.75, 0.5, BLUE]]);
    await screen.hangUp();
    await a.seesAt([[0.5, 0.5, RED]]);
  });

  test('a page with @signalwire/js sees all on the canvas, is seen, and is told of the layout', LIMIT, async () => {
    const link = await commands();
    const ours = await eye('canvas-1000', '1000');
    await ours.dial('3704', { colour: RED, silent: true });
    await ours.next('active');
    const other = await theirs('signalwire', 'canvas-1001', '1001');
    await other.dial('3704', GREEN);

    await ours.seesAt([[0.25, 0.5, RED], [0.75, 0.5, GREEN]]);
    await other.seesAt([[0.25, 0.5, RED], [0.75, 0.5, GREEN]]);
    await link.api('conference 3704 vid-layout 2x2');
    await other.seesAt([[0.25, 0.25, RED], [0.75, 0.25, GREEN]]);
    assert.equal(await other.layout('2x2'), '2x2');
    link.close();
  });
});
