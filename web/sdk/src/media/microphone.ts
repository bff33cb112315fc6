/** What the browser may do to what a microphone hears. What is left out is the browser's choice. */
export interface InputOptions {
  readonly echoCancellation?: boolean;
  readonly noiseSuppression?: boolean;
  readonly autoGainControl?: boolean;
  /** Two channels, where the microphone has them. Browsers give one while they cancel echo. */
  readonly stereo?: boolean;
}

/** The wish for this very microphone, by the id that `Devices` names. */
export function microphoneOf(id: string): MediaTrackConstraints {
  return { deviceId: { exact: id } };
}

/** The wish for this very camera, and for a picture of about this size. */
export function cameraOf(id: string | undefined, { width, height, frameRate }: { readonly width?: number; readonly height?: number; readonly frameRate?: number } = {}): MediaTrackConstraints {
  const about = (name: string, value: number | undefined): MediaTrackConstraints => (value === undefined ? {} : { [name]: { ideal: value } });
  return { ...(id === undefined ? {} : { deviceId: { exact: id } }), ...about('width', width), ...about('height', height), ...about('frameRate', frameRate) };
}

/** A wish for a microphone with what may be done to its sound. */
export function withInput(wanted: MediaTrackConstraints | true, input: InputOptions = {}): MediaTrackConstraints | true {
  const { stereo, ...flags } = input;
  if (stereo === undefined && Object.keys(flags).length === 0) return wanted;
  return { ...flags, ...(stereo === undefined ? {} : { channelCount: { ideal: stereo ? 2 : 1 } }), ...(wanted === true ? {} : wanted) };
}

/** The same wish, of any microphone. */
export function ofAny(wanted: MediaTrackConstraints | true): MediaTrackConstraints | true {
  if (wanted === true) return true;
  const { deviceId: _id, groupId: _group, ...rest } = wanted;
  return Object.keys(rest).length === 0 ? true : rest;
}

export function asksForOne(wanted: MediaTrackConstraints | true): boolean {
  return wanted !== true && (wanted.deviceId !== undefined || wanted.groupId !== undefined);
}
