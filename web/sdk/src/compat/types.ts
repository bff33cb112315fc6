import type { ClassicDialog } from './ClassicDialog.ts';
import type { ClassicName } from './enums.ts';
import type { ClassicVerto } from './ClassicVerto.ts';

export type Params = Record<string, unknown>;

/** Options of the constructor, by their classic names. What is not named here is taken and has no effect. */
export interface ClassicOptions {
  login?: string | null;
  passwd?: string | null;
  socketUrl?: string | null;
  /** Id of the element that plays; one is made where there is none. Or a function that names it. */
  tag?: string | null | (() => string);
  ringFile?: string | null;
  ringSleep?: number;
  sessid?: string | null;
  loginParams?: Record<string, string | boolean>;
  userVariables?: Record<string, string | boolean>;
  deviceParams?: Params & { useMic?: string | false; useSpeak?: string | false; useCamera?: string | false };
  /** Only what concerns echo, noise and gain is looked at, under its old names and the new ones. */
  audioParams?: Params;
  /** `minWidth`, `maxWidth` and so on, of height and frame rate too. */
  videoParams?: Params;
  /** A list. `true` stood for a public server of somebody else: it stands for none here. */
  iceServers?: boolean | readonly RTCIceServer[];
  [more: string]: unknown;
}

export interface ClassicCallbacks {
  onWSLogin?: (verto: ClassicVerto, success: boolean) => void;
  onWSClose?: (verto: ClassicVerto, success: boolean) => void;
  onDialogState?: (dialog: ClassicDialog) => void;
  onMessage?: (verto: ClassicVerto, dialog: ClassicDialog | null, message: ClassicName, params: unknown) => void;
  /** Events of channels that were subscribed without a handler. */
  onEvent?: (verto: ClassicVerto, event: Params, userData: unknown) => void;
}

/** Arguments of `newCall`, and afterwards `dialog.params`. */
export interface ClassicCallParams {
  destination_number?: string;
  caller_id_name?: string;
  caller_id_number?: string;
  callID?: string;
  useStereo?: boolean;
  useMic?: string | false;
  useSpeak?: string | false;
  tag?: string | (() => string) | null;
  /** Id of the element for one's own picture. */
  localTag?: string | null;
  userVariables?: Record<string, string | boolean>;
  [more: string]: unknown;
}

export interface SubscribeParams {
  handler?: (verto: ClassicVerto, event: Params, userData: unknown) => void;
  readyHandler?: (verto: ClassicVerto, channel: string) => void;
  userData?: unknown;
  /** Not sent: the server does not look at it. */
  subParams?: unknown;
  /** Hears the channel without asking the server for it. */
  local?: boolean;
}

export interface SubscriptionHandle {
  readonly serno: number;
  readonly eventChannel: string;
}
