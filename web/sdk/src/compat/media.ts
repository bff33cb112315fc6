import { type InputOptions, microphoneOf } from '../media/microphone.ts';
import type { MediaOptions } from '../media/PeerMedia.ts';
import type { ClassicOptions, Params } from './types.ts';

/** The media of a call by what the classic options say. */
export function mediaOf(options: ClassicOptions, params: Params): MediaOptions {
  const microphone = chosen(params['useMic']) ?? chosen(options.deviceParams?.useMic);
  return {
    microphone: microphone === undefined ? true : microphoneOf(microphone),
    input: inputOf(options.audioParams ?? {}),
    stereo: params['useStereo'] === true,
    ...(Array.isArray(options.iceServers) ? { iceServers: options.iceServers as RTCIceServer[] } : {}),
  };
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
