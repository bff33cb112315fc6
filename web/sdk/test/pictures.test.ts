import { describe, expect, it } from 'vitest';
import { type Call, cameraOf, type CameraNews, VertoError } from '../src/index.ts';
import { type FakePeer, FakeTrack, settle } from '../src/testing/FakeBrowser.ts';
import { STILL_MS } from '../src/media/PictureMedia.ts';
import { pictureReport } from '../src/media/pictureStats.ts';
import { hasPicture, withReceiveLimit } from '../src/media/sdp.ts';
import { Scene } from './scene.ts';

const CAMERA = { kind: 'videoinput', deviceId: 'cam-1', label: 'Desk camera' } as const;
const OTHER = { kind: 'videoinput', deviceId: 'cam-2', label: 'Other camera' } as const;

class PictureScene extends Scene {
  constructor(...options: ConstructorParameters<typeof Scene>) {
    super(...options);
    this.browser.plugged.push(CAMERA, OTHER);
  }

  get peer(): FakePeer {
    return this.browser.lastPeer;
  }

  /** A call that is answered. */
  async active(options: Parameters<Scene['session']['dial']>[1] = {}): Promise<Call> {
    const call = this.session.dial('9196', options);
    await settle();
    await this.reply('verto.invite', { message: 'CALL CREATED', callID: call.callId, sessid: 's-1' });
    await this.tell('verto.answer', { callID: call.callId, sdp: 'server-answer' });
    return call;
  }

  /** The server answers what is offered in mid-call. */
  async agree(): Promise<void> {
    await this.reply('verto.modify', { action: 'updateMedia', sdp: 'server-answer-again', holdState: 'active' });
  }
}

async function loggedIn(...options: ConstructorParameters<typeof Scene>): Promise<PictureScene> {
  const scene = new PictureScene(...options);
  await scene.login();
  return scene;
}

const told = (call: Call): string[] => {
  const news: string[] = [];
  call.on('camera', (one: CameraNews) => news.push(one.kind === 'on' || one.kind === 'fell-back' || one.kind === 'back' ? `${one.kind} ${one.name}` : one.kind));
  call.on('sharing', (sharing) => news.push(`sharing ${sharing}`));
  call.on('picture', (stream) => news.push(stream === undefined ? 'no picture' : 'picture'));
  return news;
};

describe('a call with pictures', () => {
  it('offers the camera, and says so beside the SDP', async () => {
    const scene = await loggedIn();
    const call = scene.session.dial('1001', { video: cameraOf('cam-2', { height: 720 }), bandwidth: { send: 800, receive: 1200 } });
    const news = told(call);
    await settle();

    expect(scene.socket.last('verto.invite').params).toMatchObject({
      sdp: 'offer-1 picture-sendrecv', dialogParams: { useVideo: true, outgoingBandwidth: 800, incomingBandwidth: 1200 },
    });
    expect(scene.browser.cameras[0]?.constraints).toEqual({ deviceId: { exact: 'cam-2' }, height: { ideal: 720 } });
    expect(news).toEqual(['on Other camera']);
    expect(call.ownPicture).toBe(scene.browser.cameras[0]);
    await scene.tell('verto.answer', { callID: call.callId, sdp: 'server-answer' });
    expect(scene.peer.transceivers[0]?.sender.getParameters().encodings[0]?.maxBitrate).toBe(800_000);
  });

  it('is one of sound alone where nobody asks for more', async () => {
    const scene = await loggedIn();
    await scene.active();

    expect(scene.socket.last('verto.invite').params).toMatchObject({ sdp: 'offer-1' });
    expect(scene.socket.last('verto.invite').params?.['dialogParams']).not.toHaveProperty('useVideo');
    expect(scene.browser.cameras).toHaveLength(0);
  });

  it('goes on without the camera that does not open, and sees the others all the same', async () => {
    const scene = await loggedIn();
    scene.browser.cameraTrouble = new VertoError({ kind: 'camera-busy' });
    const call = scene.session.dial('1001', { video: true });
    const lost: unknown[] = [];
    call.on('camera', (news) => lost.push(news));
    await settle();

    expect(lost).toEqual([{ kind: 'lost', trouble: { kind: 'camera-busy' } }]);
    expect(scene.socket.last('verto.invite').params).toMatchObject({ sdp: 'offer-1 picture-recvonly' });
  });

  it('shows what comes while it comes', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: 'receive' });
    const news = told(call);
    const track = new FakeTrack('', 'video');
    track.muted = true;

    scene.peer.ontrack?.({ streams: [], track });
    expect(call.picture).toBeUndefined();
    track.becomes(false);
    expect(call.picture?.getVideoTracks()).toEqual([track]);
    track.becomes(true);

    expect(news).toEqual(['picture', 'no picture']);
    expect(call.sound).toBeUndefined();
  });

  it('shows nothing once nothing has come for a while, and all again when it does', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: 'receive' });
    const news = told(call);
    const came = (bytesReceived: number): void => {
      scene.peer.statistics = [{ type: 'inbound-rtp', kind: 'video', bytesReceived }];
    };
    came(100);
    scene.peer.ontrack?.({ streams: [], track: new FakeTrack('', 'video') });

    await scene.browser.pass(STILL_MS);
    expect(news).toEqual(['picture']);
    await scene.browser.pass(1_000);
    expect(news).toEqual(['picture', 'no picture']);
    came(200);
    await scene.browser.pass(1_000);
    expect(news).toEqual(['picture', 'no picture', 'picture']);
    scene.peer.statistics = [];
    await scene.browser.pass(STILL_MS + 2_000);
    expect(news).toEqual(['picture', 'no picture', 'picture', 'no picture']);
  });

  it.each([
    [true, 'answer-1 picture-sendrecv', 1],
    ['receive' as const, 'answer-1 picture-recvonly', 0],
    [undefined, 'answer-1 picture-inactive', 0],
  ])('answers an offer with a picture as one wishes: %s', async (video, answer, cameras) => {
    const scene = await loggedIn();
    await scene.tell('verto.invite', { callID: 'c', sdp: 'v=0\r\nm=audio 1 X 0\r\nm=video 9 X 96\r\n', caller_id_name: 'Ada', caller_id_number: '1001', display_direction: 'outbound' });
    const call = scene.incoming[0] as Call;
    expect(call.offersPicture).toBe(true);

    await Promise.all([call.answer(video === undefined ? {} : { video }), settle().then(() => scene.reply('verto.answer', {}))]);

    expect(scene.socket.last('verto.answer').params).toMatchObject({ sdp: answer });
    expect(scene.browser.cameras).toHaveLength(cameras);
    expect(scene.peer.transceivers[0]?.sender.track).toBe(scene.browser.cameras[0]?.track ?? null);
  });

  it('gets a camera in the middle, and is rid of it again', async () => {
    const scene = await loggedIn();
    const call = await scene.active();
    const news = told(call);

    const started = call.startCamera();
    await settle();
    expect(scene.socket.last('verto.modify').params).toMatchObject({ action: 'updateMedia', sdp: 'offer-1 picture-sendrecv' });
    await scene.agree();
    await started;
    const stopped = call.stopCamera();
    await settle();
    expect(scene.socket.last('verto.modify').params).toMatchObject({ sdp: 'offer-1 picture-recvonly' });
    await scene.agree();
    await stopped;

    expect(news).toEqual(['on Desk camera', 'off']);
    expect(scene.browser.cameras[0]?.track.stopped).toBe(true);
    expect(scene.peer.restarts).toBe(0);
    // The place is there already.
    const again = call.startCamera();
    await settle();
    await scene.agree();
    await again;
    expect(scene.peer.transceivers).toHaveLength(1);
  });

  it('says it when the server takes no pictures, and the camera is off again', async () => {
    const scene = await loggedIn();
    const call = await scene.active();
    scene.peer.takesPictures = false;

    const refused = expect(call.startCamera()).rejects.toMatchObject({ trouble: { kind: 'refused', message: 'the server takes no pictures' } });
    await settle();
    await scene.agree();
    await refused;

    expect(scene.browser.cameras[0]?.track.stopped).toBe(true);
    expect(call.ownPicture).toBeUndefined();
    expect(call.state).toBe('active');
  });

  it('is black and seen again without a word to the server', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: true });
    const heard: boolean[] = [];
    call.on('cameraMuted', (muted) => heard.push(muted));

    call.setCameraMuted(true);
    expect(scene.browser.cameras[0]?.track.enabled).toBe(false);
    await call.useCamera(cameraOf('cam-2'));
    expect(scene.browser.cameras[1]?.track.enabled).toBe(false);
    call.setCameraMuted(false);

    expect(scene.browser.cameras[1]?.track.enabled).toBe(true);
    expect(scene.peer.transceivers[0]?.sender.track).toBe(scene.browser.cameras[1]?.track);
    expect(scene.browser.cameras[0]?.track.stopped).toBe(true);
    expect(heard).toEqual([true, false]);
    expect(scene.socket.count('verto.modify')).toBe(0);
  });

  it('takes up another camera when the one that is in use is unplugged, and the old one when it is back', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: cameraOf('cam-1') });
    const news = told(call);

    await scene.browser.pullOut('cam-1');
    expect(scene.peer.transceivers[0]?.sender.track).toBe(scene.browser.cameras[1]?.track);
    await scene.browser.pullOut('cam-2');
    await scene.browser.plugIn(CAMERA);

    expect(news).toEqual(['fell-back Other camera', 'lost', 'back Desk camera']);
  });

  it('shares a screen in place of the camera until the browser\'s own button ends it', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: true });
    const news = told(call);

    await call.shareScreen();
    expect(scene.peer.transceivers[0]?.sender.track).toBe(scene.browser.screens[0]?.track);
    expect(scene.browser.screens[0]?.track.contentHint).toBe('detail');
    expect(call.sharing).toBe(true);
    scene.browser.screens[0]?.track.ends();
    await settle();

    expect(scene.peer.transceivers[0]?.sender.track).toBe(scene.browser.cameras[0]?.track);
    expect(news).toEqual(['sharing true', 'sharing false']);
    expect(scene.socket.count('verto.modify')).toBe(0);
  });

  it('shares a screen where there was no picture before', async () => {
    const scene = await loggedIn();
    const call = await scene.active();

    const shared = call.shareScreen();
    await settle();
    expect(scene.socket.last('verto.modify').params).toMatchObject({ sdp: 'offer-1 picture-sendonly' });
    await scene.agree();
    await shared;
    const over = call.stopSharing();
    await settle();
    expect(scene.socket.last('verto.modify').params).toMatchObject({ sdp: 'offer-1 picture-inactive' });
    await scene.agree();
    await over;
  });

  it('shares nothing when nobody chose a screen', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: true });
    scene.browser.screenTrouble = new VertoError({ kind: 'screen-refused' });

    await expect(call.shareScreen()).rejects.toMatchObject({ trouble: { kind: 'screen-refused' } });
    expect(call.sharing).toBe(false);
  });

  it('of a screen alone is a call of its own, and over with the screen', async () => {
    const scene = await loggedIn();
    const call = await scene.active();
    const screen = scene.session.shareScreen(call);
    await settle();

    expect(scene.socket.last('verto.invite').params).toMatchObject({
      sdp: 'offer-2 picture-sendonly', dialogParams: { destination_number: '9196-screen', screenShare: true, useVideo: true },
    });
    expect(scene.browser.microphones).toHaveLength(1);
    scene.browser.screens[0]?.track.ends();
    await settle();
    expect(screen.state).toBe('ended');
    expect(call.state).toBe('active');
  });

  it('keeps its camera when the server offers the media anew', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: true });

    await scene.tell('verto.attach', { callID: call.callId, sdp: 'v=0\r\nm=video 9 X 96\r\n', display_direction: 'inbound' });
    await settle();

    expect(scene.socket.last('verto.attach').params).toMatchObject({ sdp: 'answer-2 picture-sendrecv' });
    expect(scene.browser.cameras).toHaveLength(1);
    expect(scene.peer.transceivers[0]?.sender.track).toBe(scene.browser.cameras[0]?.track);
  });

  it('lets go of camera and screen when it ends', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: true });
    await call.shareScreen();

    await Promise.all([call.hangUp(), settle().then(() => scene.reply('verto.bye', {}))]);

    expect(scene.browser.cameras[0]?.track.stopped).toBe(true);
    expect(scene.browser.screens[0]?.track.stopped).toBe(true);
    expect(scene.browser.deviceWatchers).toBe(0);
  });

  it('suits the camera to what the server says, and asks for a whole picture', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: true });

    await scene.tell('verto.mediaParams', { callID: call.callId, mediaParams: { video: { width: { max: 640 } } } });
    expect(scene.browser.cameras[0]?.track.applied).toEqual([{ width: { max: 640 } }]);
    void call.refreshPicture();
    expect(scene.socket.last('verto.modify').params).toMatchObject({ action: 'videoRefresh' });
  });
});

describe('what is read of pictures', () => {
  it('again and again are rates, and how long the picture stood still', async () => {
    const scene = await loggedIn();
    const call = await scene.active({ video: true });
    const read = (frames: number, bytes: number, frozen: number): void => {
      scene.peer.statistics = [
        { type: 'inbound-rtp', kind: 'video', framesDecoded: frames, bytesReceived: bytes, totalFreezesDuration: frozen },
        { type: 'outbound-rtp', kind: 'video', framesEncoded: 2 * frames, bytesSent: 2 * bytes },
      ];
    };
    read(0, 0, 0);
    const monitor = call.monitor();
    await settle();
    read(15, 25_000, 0.5);
    await scene.browser.pass(1_000);

    expect(monitor.samples.at(-1)?.pictures).toEqual({ received: 200, sent: 400, framesReceived: 15, framesSent: 30, frozen: 0.5 });
  });

  it('in statistics are frames, size, freezes and what holds them back', () => {
    const report = new Map(Object.entries({
      in: { type: 'inbound-rtp', kind: 'video', framesDecoded: 90, framesPerSecond: 30, framesDropped: 1, frameWidth: 640, frameHeight: 360, bytesReceived: 1000, packetsLost: 2, packetsReceived: 50, freezeCount: 1, totalFreezesDuration: 0.4 },
      out: { type: 'outbound-rtp', kind: 'video', framesEncoded: 60, framesPerSecond: 29, frameWidth: 1280, frameHeight: 720, bytesSent: 2000, qualityLimitationReason: 'bandwidth' },
      sound: { type: 'inbound-rtp', kind: 'audio', bytesReceived: 5 },
    })) as unknown as RTCStatsReport;

    expect(pictureReport(report)).toEqual({
      received: { framesPerSecond: 30, width: 640, height: 360, frames: 90, framesDropped: 1, bytes: 1000, packetsLost: 2, packetsReceived: 50, freezes: 1, frozenMs: 400 },
      sent: { framesPerSecond: 29, width: 1280, height: 720, frames: 60, bytes: 2000, limitedBy: 'bandwidth' },
    });
    expect(pictureReport(new Map() as unknown as RTCStatsReport)).toEqual({ received: undefined, sent: undefined });
  });

  it('in an SDP is whether there are any, and how much may come', () => {
    const sdp = 'v=0\r\nm=audio 9 X 111\r\nc=IN IP4 0.0.0.0\r\nm=video 9 X 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\n';

    expect(hasPicture(sdp)).toBe(true);
    expect(hasPicture(sdp.replace('m=video 9', 'm=video 0'))).toBe(false);
    const limited = sdp.replace('0.0.0.0\r\na=mid', '0.0.0.0\r\nb=AS:500\r\na=mid');
    expect(withReceiveLimit(sdp, 500)).toBe(limited);
    expect(withReceiveLimit(limited, 500)).toBe(limited);
  });
});
