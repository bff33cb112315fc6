/**
 * Asks for stereo Opus: `stereo=1` says that we can play it, `sprop-stereo=1` that we may send it (RFC 7587 §7).
 * Browsers have no other switch for it.
 */
export function withStereo(sdp: string): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000\/2\r?$/im.exec(sdp)?.[1];
  if (payload === undefined) return sdp;
  const format = new RegExp(`^(a=fmtp:${payload} )([^\\r\\n]*)`, 'm');
  if (!format.test(sdp)) {
    return sdp.replace(
      new RegExp(`^(a=rtpmap:${payload} [^\\r\\n]*)`, 'm'),
      `$1\r\na=fmtp:${payload} stereo=1;sprop-stereo=1`,
    );
  }
  return sdp.replace(format, (_line, start: string, parameters: string) => {
    const kept = parameters
      .split(';')
      .map((parameter) => parameter.trim())
      .filter((parameter) => parameter !== '' && !/^(sprop-)?stereo=/.test(parameter));
    return start + [...kept, 'stereo=1', 'sprop-stereo=1'].join(';');
  });
}

/** Says how much of pictures may come, in kbit/s (RFC 4566 §5.8). */
export function withReceiveLimit(sdp: string, kbps: number): string {
  return sdp.replace(/^(m=video [^\r\n]*\r?\n(?:i=[^\r\n]*\r?\n)?(?:c=[^\r\n]*\r?\n)?)(?:b=AS:\d+\r?\n)?/gm, `$1b=AS:${Math.round(kbps)}\r\n`);
}

/** True if it has a picture that is not refused. */
export function hasPicture(sdp: string): boolean {
  return /^m=video [1-9]/m.test(sdp);
}

/** True if the offer asks for stereo Opus. */
export function wantsStereo(sdp: string): boolean {
  return /^a=fmtp:\d+ .*\bstereo=1\b/m.test(sdp.replace(/sprop-stereo=1/g, ''));
}
