// Hooks for React. Each renders anew when what it gives has changed, and stops listening with its component.
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Call } from '../call/Call.ts';
import { type Trouble, VertoError } from '../errors.ts';
import type { CallState, Ending, Party, SessionState } from '../events.ts';
import { type Device, type DeviceLists, Devices } from '../media/Devices.ts';
import { cameraOf } from '../media/microphone.ts';
import type { Monitor, MonitorOptions, Sample } from '../media/Monitor.ts';
import type { Member } from '../room/Member.ts';
import type { Room, RoomMessage } from '../room/Room.ts';
import type { Presence, UserPresence } from '../session/Presence.ts';
import { Session, type SessionOptions } from '../session/Session.ts';

type Unhear = () => void;

/** Messages of a room that are kept for the page. */
const MAX_MESSAGES = 500;

/** Renders anew at each event that `hear` listens to; reads nothing itself. */
function useChanges(hear: (changed: () => void) => readonly Unhear[]): void {
  const version = useRef(0);
  const subscribe = useCallback(
    (render: () => void) => {
      const changed = (): void => {
        version.current++;
        render();
      };
      const ends = hear(changed);
      // What happened between drawing and listening is seen too.
      changed();
      return () => {
        for (const end of ends) end();
      };
    },
    [hear],
  );
  useSyncExternalStore(subscribe, () => version.current, () => version.current);
}

export interface SessionView {
  readonly session: Session | undefined;
  readonly state: SessionState;
  /** Why it is closed, or did not open. */
  readonly trouble: Trouble | undefined;
}

const IDLE: SessionState = { name: 'idle' };

/**
 * A session that is open for as long as the component is there. It is opened anew when server or user change; other options count
 * when it is opened.
 *
 * @param options undefined for none, for instance before somebody has signed in
 */
export function useSession(options: SessionOptions | undefined): SessionView {
  const latest = useRef(options);
  latest.current = options;
  const [session, setSession] = useState<Session>();
  const { url, login, sessionId } = options ?? {};
  useEffect(() => {
    if (url === undefined || latest.current === undefined) return undefined;
    const opened = new Session(latest.current);
    setSession(opened);
    // A failure is a state of the session.
    opened.open().catch(() => undefined);
    return () => {
      setSession(undefined);
      void opened.close();
    };
  }, [url, login, sessionId]);
  useChanges(useCallback((changed) => (session === undefined ? [] : [session.on('state', changed)]), [session]));
  const state = session?.state ?? IDLE;
  return { session, state, trouble: state.name === 'closed' ? state.trouble : undefined };
}

/** All calls that go on, the oldest first: those that were dialled, that ring here, and that came back. */
export function useCalls(session: Session | undefined): readonly Call[] {
  useChanges(useCallback((changed) => (session === undefined ? [] : [session.on('calls', changed)]), [session]));
  return session?.activeCalls ?? [];
}

export interface CallView {
  readonly state: CallState;
  readonly party: Party;
  readonly held: boolean;
  readonly muted: boolean;
  readonly sound: MediaStream | undefined;
  readonly voice: MediaStream | undefined;
  readonly picture: MediaStream | undefined;
  readonly ownPicture: MediaStream | undefined;
  readonly cameraMuted: boolean;
  readonly sharing: boolean;
  readonly end: Ending | undefined;
}

/** How a call is now; undefined without one. */
export function useCall(call: Call | undefined): CallView | undefined {
  useChanges(
    useCallback(
      (changed) => (call === undefined ? [] : (['state', 'party', 'held', 'muted', 'sound', 'microphone', 'picture', 'camera', 'cameraMuted', 'sharing'] as const).map((name) => call.on(name, changed))),
      [call],
    ),
  );
  if (call === undefined) return undefined;
  const { state, party, held, muted, sound, voice, picture, ownPicture, cameraMuted, sharing, end } = call;
  return { state, party, held, muted, sound, voice, picture, ownPicture, cameraMuted, sharing, end };
}

/** A `ref` for an audio element that plays what the call sends: `<audio ref={useSound(call)} autoPlay />`. */
export function useSound(call: Call | undefined): (element: HTMLMediaElement | null) => void {
  return usePlayer(useCall(call)?.sound);
}

/** The same for a video element, of what the other side shows: `<video ref={usePicture(call)} autoPlay playsInline muted />`. */
export function usePicture(call: Call | undefined): (element: HTMLMediaElement | null) => void {
  return usePlayer(useCall(call)?.picture);
}

/** And of what is shown of this side. */
export function useOwnPicture(call: Call | undefined): (element: HTMLMediaElement | null) => void {
  return usePlayer(useCall(call)?.ownPicture);
}

function usePlayer(stream: MediaStream | undefined): (element: HTMLMediaElement | null) => void {
  return useCallback(
    (element) => {
      if (element !== null && element.srcObject !== (stream ?? null)) element.srcObject = stream ?? null;
    },
    [stream],
  );
}

export interface CameraView {
  /** Whether the call has a camera, be it black at the moment. */
  readonly on: boolean;
  readonly muted: boolean;
  /** Those that there are, and the one in use. */
  readonly cameras: readonly Device[];
  readonly chosen: string | undefined;
  /** Why there is none, or not the one that was asked for. */
  readonly trouble: Trouble | undefined;
  /** Black and seen again; a camera that is not there yet is opened. */
  readonly toggle: () => Promise<void>;
  /** Another camera, at once, or for when it is opened. */
  readonly choose: (id: string) => Promise<void>;
}

/** One's own camera in a call: which there are, which one is used, and off and on. Nothing rejects: what goes wrong is `trouble`. */
export function useCamera(call: Call | undefined, devices?: Devices): CameraView {
  const view = useCall(call);
  const { cameras } = useDevices(devices);
  const [wanted, setWanted] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble>();
  useEffect(() => {
    setTrouble(undefined);
    return call?.on('camera', (news) => setTrouble(news.kind === 'lost' ? news.trouble : undefined));
  }, [call]);
  const attempt = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
      setTrouble(undefined);
    } catch (error) {
      setTrouble(error instanceof VertoError ? error.trouble : { kind: 'media-failed', message: String(error) });
    }
  };
  return {
    on: call?.cameraOn ?? false,
    muted: view?.cameraMuted ?? false,
    cameras,
    chosen: view?.ownPicture?.getVideoTracks()[0]?.getSettings().deviceId ?? wanted,
    trouble,
    toggle: async () => {
      if (call === undefined) return;
      if (call.cameraOn) call.setCameraMuted(!call.cameraMuted);
      else await attempt(() => call.startCamera(wanted === undefined ? true : cameraOf(wanted)));
    },
    choose: async (id) => {
      setWanted(id);
      if (call?.cameraOn === true) await attempt(() => call.useCamera(cameraOf(id)));
    },
  };
}

/** The room that a call is in. */
export function useRoom(session: Session | undefined, call: Call | undefined): Room | undefined {
  const room = session === undefined || call === undefined ? undefined : session.roomOf(call);
  useChanges(useCallback((changed) => (session === undefined ? [] : [session.on('room', changed)]), [session]));
  useChanges(useCallback((changed) => (room === undefined ? [] : [room.on('left', changed)]), [room]));
  return room;
}

/** Who is in a room. */
export function useMembers(room: Room | undefined): readonly Member[] {
  useChanges(useCallback((changed) => (room === undefined ? [] : [room.on('members', changed)]), [room]));
  return room?.members ?? [];
}

/** What is said in a room, the oldest first, with what was said before where the server keeps it. */
export function useMessages(room: Room | undefined): readonly RoomMessage[] {
  const [messages, setMessages] = useState<readonly RoomMessage[]>([]);
  useEffect(() => {
    setMessages([]);
    if (room === undefined) return undefined;
    let there = true;
    const end = room.on('message', (message) => setMessages((before) => [...before, message].slice(-MAX_MESSAGES)));
    room.history().then(
      // What came meanwhile is at the end of what was kept.
      (kept) => there && kept.length > 0 && setMessages(kept.slice(-MAX_MESSAGES)),
      () => undefined,
    );
    return () => {
      there = false;
      end();
    };
  }, [room]);
  return messages;
}

/** Microphones, speakers and cameras, as they are plugged in and out. Names are there once a microphone was allowed. */
export function useDevices(devices?: Devices): DeviceLists {
  const own = useMemo(() => devices ?? new Devices(), [devices]);
  const [lists, setLists] = useState<DeviceLists>(() => ({ microphones: own.microphones, speakers: own.speakers, cameras: own.cameras }));
  useEffect(() => {
    const end = own.on('changed', ({ microphones, speakers, cameras }) => setLists({ microphones, speakers, cameras }));
    void own.refresh().catch(() => undefined);
    return end;
  }, [own]);
  return lists;
}

/** How a call goes, sample by sample, for a plot. */
export function useSamples(call: Call | undefined, { every, keep }: MonitorOptions = {}): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    setSamples([]);
    if (call === undefined) return undefined;
    const monitor: Monitor = call.monitor({ ...(every === undefined ? {} : { every }), ...(keep === undefined ? {} : { keep }) });
    const end = monitor.on('sample', () => setSamples([...monitor.samples]));
    return () => {
      end();
      monitor.close();
    };
  }, [call, every, keep]);
  return samples;
}

/** Who is in a call; empty where this user may not know. */
export function usePresence(session: Session | undefined): readonly UserPresence[] {
  const [busy, setBusy] = useState<readonly UserPresence[]>([]);
  useEffect(() => {
    if (session === undefined) return undefined;
    let watched: Presence | undefined;
    let there = true;
    const watch = (): void => {
      if (watched !== undefined || session.state.name !== 'ready') return;
      session.watchPresence().then(
        (presence) => {
          if (!there || watched !== undefined) {
            presence.close();
            return;
          }
          watched = presence;
          setBusy(presence.busy);
          presence.on('changed', () => setBusy(presence.busy));
        },
        () => undefined,
      );
    };
    const end = session.on('state', watch);
    watch();
    return () => {
      there = false;
      end();
      watched?.close();
      setBusy([]);
    };
  }, [session]);
  return busy;
}
