import { describe, expect, it } from 'vitest';
import { wantsStereo, withStereo } from '../src/media/sdp.ts';

const OFFER = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:0 PCMU/8000',
  '',
].join('\r\n');

describe('withStereo', () => {
  it('adds the two stereo parameters to Opus once', () => {
    const once = withStereo(OFFER);

    expect(once).toContain('a=fmtp:111 minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1\r\n');
    expect(withStereo(once)).toBe(once);
  });

  it('makes a line for them where Opus has none', () => {
    const bare = OFFER.replace(/a=fmtp.*\r\n/, '');

    expect(withStereo(bare)).toContain('a=rtpmap:111 opus/48000/2\r\na=fmtp:111 stereo=1;sprop-stereo=1\r\n');
  });

  it('leaves an offer without Opus alone', () => {
    expect(withStereo('m=audio 9 RTP/AVP 0\r\n')).toBe('m=audio 9 RTP/AVP 0\r\n');
  });
});

describe('wantsStereo', () => {
  it('tells the wish to receive stereo from the intention to send it', () => {
    expect(wantsStereo(withStereo(OFFER))).toBe(true);
    expect(wantsStereo('a=fmtp:111 minptime=10;sprop-stereo=1\r\n')).toBe(false);
    expect(wantsStereo(OFFER)).toBe(false);
  });
});
