import { type InputOptions, microphoneOf } from '../media/microphone.ts';
import type { MediaOptions } from '../media/PeerMedia.ts';
import type { PictureWish } from '../media/PictureMedia.ts';
import type { ClassicOptions, Params } from './types.ts';

/** The media of a call by what the classic options say. */
export function mediaOf(options: ClassicOptions, params: Params): MediaOptions {
  const microphone = chosen(params['useMic']) ?? chosen(options.deviceParams?.useMic);
  return {
    microphone: microphone === undefined ? true : microphoneOf(microphone),
    input: inputOf(options.audioParams ?? {}),
    stereo: params['useStereo'] === true,
    video: pictureOf(options, params),
    ...(params['screenShare'] === true ? { screen: true as const, microphone: false } : {}),
    ...bandwidthOf(params),
    ...(Array.isArray(options.iceServers) ? { iceServers: options.iceServers as RTCIceServer[] } : {}),
  };
}

/** A camera by its classic names: `useVideo` wants one unless `useCamera` says `none`; sizes are as in `minWidth` and `maxWidth`. */
export function pictureOf(options: ClassicOptions, params: Params): PictureWish {
  if (!params['useVideo'] || params['screenShare'] === true) return false;
  const camera = params['useCamera'] ?? options.deviceParams?.useCamera;
  if (camera === 'none' || camera === false) return 'receive';
  const id = chosen(camera);
  const sizes: Params = { ...options.videoParams, ...(typeof params['videoParams'] === 'object' ? params['videoParams'] : {}) };
  const wish: Record<string, unknown> = id === undefined ? {} : { deviceId: { exact: id } };
  for (const name of ['width', 'height', 'frameRate'] as const) {
    const at = name.charAt(0).toUpperCase() + name.slice(1);
    const range = Object.fromEntries((['min', 'max'] as const).flatMap((end) => (typeof sizes[end + at] === 'number' ? [[end, sizes[end + at]]] : [])));
    if (Object.keys(range).length > 0) wish[name] = range;
  }
  return Object.keys(wish).length === 0 ? true : (wish as MediaTrackConstraints);
}

/** `default`, and what is no number, is no limit. */
function bandwidthOf(params: Params): MediaOptions {
  const kbps = (value: unknown): number | undefined => (Number(value) > 0 ? Number(value) : undefined);
  const send = kbps(params['outgoingBandwidth']);
  const receive = kbps(params['incomingBandwidth']);
  if (send === undefined && receive === undefined) return {};
  return { bandwidth: { ...(send === undefined ? {} : { send }), ...(receive === undefined ? {} : { receive }) } };
}

/** The id of a device; `any`, `none` and the like name none. */
export function chosen(device: unknown): string | undefined {
  return typeof device === 'string' && !['', 'any', 'none', 'default'].includes(device) ? device : undefined;
}

const NAMES = [
  ['echoCancellation', 'googEchoCancellation'],
  ['noiseSuppression', 'googNoiseSuppression'],
  ['autoGainControl', 'googAutoGainControl'],
] as const;

function inputOf(audio: Params): InputOptions {
  return Object.fromEntries(NAMES.flatMap(([name, old]) => {
    const value = audio[name] ?? audio[old];
    return typeof value === 'boolean' ? [[name, value]] : [];
  }));
}
