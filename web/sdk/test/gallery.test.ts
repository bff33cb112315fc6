import { describe, expect, it } from 'vitest';
import type { Gallery, Room, Tile } from '../src/index.ts';
import { settle } from '../src/testing/FakeBrowser.ts';
import { INFO, RoomScene } from './roomScene.ts';

/** A client in a room of a server with galleries, with a call that takes pictures. */
async function pictured(): Promise<{ scene: RoomScene; room: Room }> {
  const scene = new RoomScene({ media: { video: 'receive' } });
  scene.granted = ['gallery'];
  const room = await scene.joined();
  await scene.answered();
  return { scene, room };
}

async function opened(tiles = 2): Promise<{ scene: RoomScene; room: Room; gallery: Gallery }> {
  const { scene, room } = await pictured();
  const opening = room.openGallery({ tiles });
  await settle();
  await scene.reply('verto.modify', { sdp: 'answer-with-lines' });
  await scene.reply('verto.broadcast', {});
  return { scene, room, gallery: await opening };
}

const shows = (scene: RoomScene, ...lines: unknown[]): Promise<void> =>
  scene.event(INFO, { contentType: 'gallery', callID: scene.callId, lines });

describe('a gallery', () => {
  it('offers lines in the format of the first picture, and asks who is on them', async () => {
    const { scene, gallery } = await opened();

    expect(scene.socket.last('verto.modify').params).toMatchObject({ action: 'updateMedia', sdp: expect.stringContaining('picture-recvonly picture-recvonly picture-recvonly') as unknown });
    expect(scene.browser.lastPeer.transceivers.map(({ preferred }) => preferred)).toEqual([[], ['video/VP8', 'video/rtx'], ['video/VP8', 'video/rtx']]);
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({
      eventChannel: INFO,
      data: { application: 'conf-control', command: 'gallery', callID: scene.callId, members: [] },
    });
    expect(gallery.tiles).toEqual([]);
  });

  it('tells whose picture is where, and keeps the stream of a line', async () => {
    const { scene, gallery } = await opened();
    const told: (readonly Tile[])[] = [];
    gallery.on('tiles', (tiles) => told.push(tiles));

    await shows(scene, { mid: '2', memberID: 8, callID: 'b' }, { mid: '3', memberID: 9, callID: 'c' });
    const stream = gallery.tileOf(9)?.stream;
    await shows(scene, { mid: '3', memberID: 10, callID: 'd' });

    expect(told.map((tiles) => tiles.map(({ memberId, callId }) => `${memberId} ${callId}`))).toEqual([['8 b', '9 c'], ['10 d']]);
    expect(stream?.getVideoTracks()).toEqual([scene.browser.lastPeer.transceivers[2]?.receiver.track]);
    expect(gallery.tileOf(10)?.stream).toBe(stream);
    expect(gallery.tileOf(8)).toBeUndefined();
  });

  it('takes no notice of what is not for it, or is nothing', async () => {
    const { scene, gallery } = await opened();

    await scene.event(INFO, { contentType: 'gallery', callID: 'another', lines: [{ mid: '2', memberID: 8 }] });
    await scene.event(INFO, { contentType: 'layout-info', callID: scene.callId, lines: [{ mid: '2', memberID: 8 }] });
    await shows(scene, null, 7, { mid: 2 }, { mid: 'nowhere', memberID: 8 }, { memberID: 8 });

    expect(gallery.tiles).toEqual([]);
  });

  it('keeps pictures of members out of the picture that the call has', async () => {
    const { scene } = await opened();
    const call = scene.session.activeCalls[0];
    const line = scene.browser.lastPeer.transceivers[1];
    scene.browser.lastPeer.ontrack?.({ streams: [], track: line?.receiver.track as never, transceiver: line as never });
    line?.receiver.track.becomes(false);

    expect(call?.picture).toBeUndefined();
  });

  it('says who is wanted, and that nobody is any more', async () => {
    const { scene, room, gallery } = await opened();
    await shows(scene, { mid: '2', memberID: 8, callID: 'b' });

    void gallery.prefer([9, 8]);
    await settle();
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ data: { members: [{ id: 9, first: true }, { id: 8, first: true }] } });
    void gallery.close();
    await settle();

    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ data: { command: 'gallery', on: false } });
    expect(gallery.tiles).toEqual([]);
    expect(room.gallery).toBeUndefined();
  });

  it('is the same for who opens it twice, and ends with the room', async () => {
    const { scene, room, gallery } = await opened();
    let closed = 0;
    gallery.on('closed', () => closed++);

    expect(await room.openGallery()).toBe(gallery);
    await scene.place('conference-liveArray-part');

    expect(closed).toBe(1);
  });

  it('is not to be had of a server that knows nothing of it, which is asked for nothing', async () => {
    const scene = new RoomScene({ media: { video: 'receive' } });
    const room = await scene.joined();
    await scene.answered();

    expect(room.hasGallery).toBe(false);
    await expect(room.openGallery()).rejects.toMatchObject({ trouble: { kind: 'refused' } });
    expect(scene.socket.count('verto.modify')).toBe(0);
    expect(room.gallery).toBeUndefined();
  });

  it('asks for the first picture before its lines, in a call of voices', async () => {
    const scene = new RoomScene();
    scene.granted = ['gallery'];
    const room = await scene.joined();
    await scene.answered();
    void room.openGallery({ tiles: 1 });
    await settle();

    expect(scene.socket.last('verto.modify').params).toMatchObject({ sdp: expect.stringMatching(/^[^ ]+ picture-recvonly$/) as unknown });
    await scene.reply('verto.modify', { sdp: 'answer-with-picture' });
    expect(scene.socket.last('verto.modify').params).toMatchObject({ sdp: expect.stringMatching(/^[^ ]+ picture-recvonly picture-recvonly$/) as unknown });
  });

  it('is opened anew when the call has come back', async () => {
    const { scene, gallery } = await opened();
    await shows(scene, { mid: '2', memberID: 8, callID: 'b' });
    await scene.socket.lose();
    await scene.browser.pass(5_000);
    await scene.acceptLogin([scene.callId]);
    await scene.tell('verto.attach', { callID: scene.callId, sdp: 'offer-anew m=video 1' });
    await scene.reply('verto.attach', {});
    await scene.reply('verto.modify', { sdp: 'answer-with-lines' });

    expect(scene.browser.lastPeer.transceivers).toHaveLength(3);
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ data: { command: 'gallery', members: [] } });
    expect(gallery.tiles).toEqual([]);
  });

  it('tells how high members are shown, all at once, and again when that has changed for good', async () => {
    const { scene, gallery } = await opened();
    const [one, other] = [{}, {}] as Element[];
    const end = gallery.fit(8, one as Element);
    gallery.fit(9, other as Element);
    const before = scene.socket.count('verto.broadcast');
    scene.browser.measured.get(one)?.(180);
    scene.browser.measured.get(other)?.(720);
    await scene.browser.pass(150);

    expect(scene.socket.count('verto.broadcast')).toBe(before + 1);
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ data: { members: [{ id: 8, height: 180 }, { id: 9, height: 720 }] } });
    scene.browser.measured.get(one)?.(185);
    await scene.browser.pass(1_000);
    expect(scene.socket.count('verto.broadcast')).toBe(before + 1);
    end();
    scene.browser.measured.get(other)?.(360);
    await scene.browser.pass(150);
    expect(scene.socket.last('verto.broadcast').params).toMatchObject({ data: { members: [{ id: 9, height: 360 }] } });
  });
});

describe('one who is seen in galleries', () => {
  async function seen(takesSizes = true): Promise<RoomScene> {
    const scene = new RoomScene({ media: { video: true } });
    scene.granted = ['gallery'];
    scene.browser.plugged.push({ kind: 'videoinput', deviceId: 'cam-1', label: 'Desk camera' });
    const room = await scene.joined();
    await scene.answered();
    scene.browser.lastPeer.takesSizes = takesSizes;
    void room.openGallery({ tiles: 1 });
    await settle();
    await scene.reply('verto.modify', { sdp: 'answer' });
    return scene;
  }

  it('sends his camera in three sizes, on a line of its own', async () => {
    const scene = await seen();
    const [first, , sized] = scene.browser.lastPeer.transceivers;

    expect(scene.socket.last('verto.modify').params).toMatchObject({ sdp: expect.stringContaining(' picture-recvonly picture-recvonly picture-sendonly-q-h-f') as unknown });
    expect(first?.sender.track).toBeNull();
    expect(sized?.sender.track).toBe(scene.browser.cameras[0]?.track);
    expect(sized?.preferred).toEqual(['video/VP8', 'video/rtx']);
  });

  it('goes back to one where the server takes no more', async () => {
    const scene = await seen(false);

    expect(scene.socket.last('verto.modify').params).toMatchObject({ sdp: expect.stringContaining(' picture-sendrecv ') as unknown });
    expect(scene.browser.lastPeer.transceivers[0]?.sender.track).toBe(scene.browser.cameras[0]?.track);
  });

  it('takes his camera away and brings it back on that line', async () => {
    const scene = await seen();
    const call = scene.session.activeCalls[0];
    await scene.reply('verto.broadcast', {});
    void call?.stopCamera();
    await settle();
    const sized = scene.browser.lastPeer.transceivers[2];
    expect(sized?.direction).toBe('inactive');
    await scene.reply('verto.modify', { sdp: 'answer' });

    const started = call?.startCamera();
    await settle();
    await scene.reply('verto.modify', { sdp: 'answer' });
    await started;
    expect(sized?.direction).toBe('sendonly');
    expect(sized?.sender.track).toBe(scene.browser.cameras[1]?.track);
    expect(scene.browser.lastPeer.transceivers).toHaveLength(3);
  });
});
