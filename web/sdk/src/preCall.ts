import type { Call } from './call/Call.ts';
import { type Trouble, VertoError } from './errors.ts';
import { type DeviceLists, Devices } from './media/Devices.ts';
import type { Sample } from './media/Monitor.ts';
import { type Grade, type Quality, quality } from './media/quality.ts';
import { between, type SoundReport } from './media/stats.ts';
import type { Session } from './session/Session.ts';
import type { Speed } from './session/SpeedTest.ts';

/** What is tried before a call, in this order. */
export type PreCallStep = 'microphone' | 'speed' | 'call';

export interface PreCallOptions {
  /** A number that sends back what it hears; 9196 without it. */
  readonly number?: string;
  /** How long the call lasts; 5000 without it. */
  readonly milliseconds?: number;
  /** Bytes of the speed test, none with 0; 262144 without it. */
  readonly speedBytes?: number;
  /** Told as a step begins. */
  readonly onStep?: (step: PreCallStep) => void;
  /** Told once a second while the call goes on. */
  readonly onSample?: (sample: Sample) => void;
}

export interface PreCallReport {
  /** What there is to speak and hear with; undefined when no microphone could be opened. */
  readonly devices: DeviceLists | undefined;
  readonly speed: Speed | undefined;
  /** Of the whole call; undefined when no sound came. */
  readonly network: (Quality & { readonly jitterMs: number; readonly roundTripMs: number | undefined }) | undefined;
  /** The loudest of one's own voice, 0 to 1; 0 or nearly so says that the microphone hears nothing. */
  readonly ownLevel: number | undefined;
  /** What went wrong, by step. Steps that need what failed are left out. */
  readonly troubles: Readonly<Partial<Record<PreCallStep, Trouble>>>;
  /** All of it together. */
  readonly verdict: Grade | 'failed';
}

/** A speed in kbit/s that is enough for a call in stereo, with room to spare. */
const ENOUGH_KBITS = 150;

/**
 * Tries everything that a call needs: microphone and permission, how fast the connection is, and a short call to an echo whose
 * loss, jitter and round trip are measured. Does not reject: what goes wrong stands in the report.
 */
export async function preCallTest(session: Session, options: PreCallOptions = {}): Promise<PreCallReport> {
  const { number = '9196', milliseconds = 5_000, speedBytes = 262_144, onStep = () => undefined } = options;
  const troubles: Partial<Record<PreCallStep, Trouble>> = {};
  const attempt = async <T>(step: PreCallStep, run: () => Promise<T>): Promise<T | undefined> => {
    onStep(step);
    try {
      return await run();
    } catch (error) {
      troubles[step] = error instanceof VertoError ? error.trouble : { kind: 'media-failed', message: String(error) };
      return undefined;
    }
  };

  const devices = await attempt('microphone', () => listed(session));
  const speed = speedBytes > 0 ? await attempt('speed', () => session.speedTest(speedBytes)) : undefined;
  const heard = devices === undefined ? undefined : await attempt('call', () => echoed(session, number, milliseconds, options.onSample));
  const network = heard?.network;
  return { devices, speed, network, ownLevel: heard?.ownLevel, troubles, verdict: verdict(troubles, speed, network) };
}

async function listed(session: Session): Promise<DeviceLists> {
  const devices = new Devices(session.browser);
  try {
    return await devices.ask();
  } finally {
    devices.close();
  }
}

interface Heard {
  readonly network: PreCallReport['network'];
  readonly ownLevel: number | undefined;
}

async function echoed(session: Session, number: string, milliseconds: number, onSample: PreCallOptions['onSample']): Promise<Heard> {
  const call = session.dial(number);
  try {
    await answered(call);
    const monitor = call.monitor();
    if (onSample !== undefined) monitor.on('sample', onSample);
    const before = await call.report();
    await Promise.race([new Promise<void>((resolve) => session.browser.after(milliseconds, resolve)), failing(call)]);
    const after = await call.report();
    const levels = monitor.samples.flatMap(({ ownLevel }) => ownLevel ?? []);
    return { network: measured(before, after), ownLevel: levels.length === 0 ? undefined : Math.max(...levels) };
  } finally {
    await call.hangUp();
  }
}

function answered(call: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    call.on('state', (state) => {
      if (state === 'active') resolve();
    });
    failing(call).catch(reject);
  });
}

/** Rejects when the call ends. */
function failing(call: Call): Promise<never> {
  return new Promise((_, reject) => {
    call.on('ended', ({ trouble, cause }) =>
      reject(new VertoError(trouble ?? { kind: 'refused', method: 'verto.invite', code: undefined, message: cause })));
  });
}

function measured(before: SoundReport, after: SoundReport): PreCallReport['network'] {
  const stretch = between(before.sound, after.sound);
  const judged = quality(stretch);
  return judged === undefined ? undefined : { ...judged, jitterMs: stretch.jitterMs, roundTripMs: stretch.roundTripMs };
}

function verdict(troubles: PreCallReport['troubles'], speed: Speed | undefined, network: PreCallReport['network']): PreCallReport['verdict'] {
  if (troubles.microphone !== undefined || troubles.call !== undefined || network === undefined) return 'failed';
  const slow = speed !== undefined && Math.min(speed.up, speed.down) < ENOUGH_KBITS;
  return slow && network.grade === 'good' ? 'fair' : network.grade;
}
