import type { Browser } from '../media/browser/Browser.ts';
import { RealBrowser } from '../media/browser/RealBrowser.ts';
import { ClassicConference, ClassicConferenceManager } from './ClassicConference.ts';
import { ClassicDialog } from './ClassicDialog.ts';
import { ClassicVerto } from './ClassicVerto.ts';
import { classicEnum, ENUM } from './enums.ts';
import { chosen } from './media.ts';
import { LiveArray } from './LiveArray.ts';
import { LiveTable } from './LiveTable.ts';

interface ClassicDevice {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
}

const SIZES = [[320, 180], [320, 240], [640, 360], [640, 480], [1280, 720], [1920, 1080]] as const;

type Told = (status: unknown) => void;

/** The constructor with all that hung on it: what `$.verto` was. */
export function classic(browser: Browser = new RealBrowser()) {
  const lists: Record<'videoDevices' | 'audioInDevices' | 'audioOutDevices', ClassicDevice[]> = { videoDevices: [], audioInDevices: [], audioOutDevices: [] };

  const refreshDevices = (told?: Told): void => {
    browser.devices().then(
      (devices) => {
        const of = (kind: string): ClassicDevice[] => devices.filter((device) => device.kind === kind)
          .map(({ deviceId, label }) => ({ id: deviceId, kind: kind.slice(0, 5), label: label || deviceId }));
        // The lists stay the same objects: pages hold on to them.
        lists.videoDevices.splice(0, Infinity, ...of('videoinput'));
        lists.audioInDevices.splice(0, Infinity, ...of('audioinput'));
        lists.audioOutDevices.splice(0, Infinity, ...of('audiooutput'));
        for (const verto of ClassicVerto.saved) {
          verto.nameOf = (sinkId) => lists.audioOutDevices.find(({ id }) => id === sinkId)?.label ?? sinkId;
        }
        told?.(true);
      },
      () => told?.(false),
    );
  };

  const checkPerms = (told?: Told, audio = true, video = false): void => {
    const close = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());
    Promise.all([audio ? browser.microphone(true).then(close) : undefined, video ? browser.camera(true).then(close) : undefined]).then(
      () => told?.(true),
      () => told?.(false),
    );
  };

  /** The classic list of sizes, each tried on the camera, as `[width, height]`; the last that it gives is the best. */
  const getValidRes = (camera: unknown, told?: Told): void => {
    const validRes: (readonly [number, number])[] = [];
    const tryAll = async (): Promise<void> => {
      for (const [width, height] of SIZES) {
        try {
          const id = chosen(camera);
          const stream = await browser.camera({ ...(id === undefined ? {} : { deviceId: { exact: id } }), width: { exact: width }, height: { exact: height } });
          for (const track of stream.getTracks()) track.stop();
          validRes.push([width, height]);
        } catch {
          // The camera has no such size.
        }
      }
      const [bestWidth = 0, bestHeight = 0] = validRes.at(-1) ?? [];
      told?.({ validRes, bestResSupported: validRes.length === 0 ? null : { width: bestWidth, height: bestHeight } });
    };
    void tryAll();
  };

  const init = (options: { skipPermissionCheck?: boolean; skipDeviceCheck?: boolean } | null = {}, told?: Told): void => {
    const { skipPermissionCheck = false, skipDeviceCheck = false } = options ?? {};
    if (skipPermissionCheck && skipDeviceCheck) told?.(null);
    else if (skipPermissionCheck) refreshDevices(told);
    else checkPerms((status) => (skipDeviceCheck ? told?.(status) : refreshDevices(told)));
  };

  const verto = Object.assign(ClassicVerto, {
    enum: classicEnum,
    ENUM,
    dialog: ClassicDialog,
    conf: ClassicConference,
    confMan: ClassicConferenceManager,
    liveArray: LiveArray,
    liveTable: LiveTable,
    ...lists,
    unloadJobs: [] as (() => void)[],
    haltClosure: undefined as (() => string | undefined) | undefined,
    warnOnUnload: undefined as string | undefined,
    genUUID: () => browser.newId(),
    init,
    refreshDevices,
  });
  const FSRTC = {
    checkPerms,
    getValidRes,
  };
  return { verto, FSRTC };
}

interface Globals {
  jQuery?: Record<string, unknown>;
  $?: Record<string, unknown>;
  addEventListener(name: 'beforeunload', listener: (event: BeforeUnloadEvent) => void): void;
}

/**
 * Defines the classic global names: `$.verto` and `$.FSRTC` on jQuery where the page has it, and without it on a `$` of its own that can do nothing else
 * but run a function when the page is there.
 */
export function install(globals: Globals = window as unknown as Globals, browser?: Browser): void {
  const names = classic(browser);
  const $ = globals.jQuery ?? globals.$ ?? (whenReady as unknown as Record<string, unknown>);
  Object.assign($, names);
  globals.jQuery ??= $;
  globals.$ ??= $;
  globals.addEventListener('beforeunload', (event) => {
    for (const job of names.verto.unloadJobs) job();
    const halt = names.verto.haltClosure?.() ?? names.verto.warnOnUnload;
    // Calls wait on the server for the page after this one: nothing is hung up.
    if (halt !== undefined) event.preventDefault();
  });
}

/** `$(f)` and `$(document).ready(f)`. */
function whenReady(given: unknown): unknown {
  const run = (ready: () => void): void => {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => ready(), { once: true });
    else ready();
  };
  if (typeof given === 'function') run(given as () => void);
  return { ready: run };
}
