// The messages of the Verto protocol, with the names of the server's wire records.
// Section numbers are those of the protocol reference in docs/protocol.

export type RequestId = number | string;

/** What a client says about a call in every call request. */
export interface DialogParams {
  readonly callID: string;
  readonly destination_number?: string;
  readonly caller_id_name?: string;
  readonly caller_id_number?: string;
  readonly callee_id_name?: string;
  readonly callee_id_number?: string;
  readonly useStereo?: boolean;
  readonly useVideo?: true;
  readonly screenShare?: true;
  /** kbit/s */
  readonly outgoingBandwidth?: number;
  readonly incomingBandwidth?: number;
  readonly userVariables?: Readonly<Record<string, string | boolean>>;
}

export type Login = {
  readonly method: 'login';
  readonly params: {
    readonly login: string;
    readonly passwd: string;
    readonly loginParams: Readonly<Record<string, string | boolean>>;
    readonly userVariables: Readonly<Record<string, string | boolean>>;
    /** Left out where there is none. */
    readonly extensions?: readonly Extension[];
  };
};
/** What a server may grant beyond the protocol (verto-extensions.md). */
export type Extension = 'trickle' | 'login-wait' | 'ice-servers' | 'gallery';
export type PlaceCall = {
  readonly method: 'verto.invite';
  readonly params: { readonly sdp: string; readonly dialogParams: DialogParams };
};
export type AnswerCall = {
  readonly method: 'verto.answer';
  readonly params: { readonly sdp: string; readonly dialogParams: DialogParams };
};
export type AttachCall = {
  readonly method: 'verto.attach';
  readonly params: { readonly sdp: string; readonly dialogParams: DialogParams };
};
export type EndCall = {
  readonly method: 'verto.bye';
  readonly params: { readonly dialogParams: DialogParams; readonly cause?: string; readonly causeCode?: number };
};
export type SendInfo = {
  readonly method: 'verto.info';
  readonly params: { readonly dialogParams: DialogParams } & (
    | { readonly dtmf: string }
    /** Text as it is typed (6.3). */
    | { readonly txt: { readonly chars: string } }
    /** Words to whom the call is with, or to a room that it is in (6.4). */
    | { readonly msg: { readonly to: string; readonly body: string; readonly inDialog?: true } }
  );
};
export type UpdateMedia = {
  readonly method: 'verto.modify';
  readonly params: { readonly action: 'updateMedia'; readonly sdp: string; readonly dialogParams: DialogParams };
};
/** A candidate as the browser gives it; an empty text ends them. */
export interface TrickledCandidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}
/** Both sides send a whole picture (5.9). */
export type RefreshPicture = {
  readonly method: 'verto.modify';
  readonly params: { readonly action: 'videoRefresh'; readonly dialogParams: DialogParams };
};
/** Only where the server grants `trickle`. */
export type Trickle = {
  readonly method: 'verto.candidate';
  readonly params: { readonly candidate: readonly TrickledCandidate[]; readonly dialogParams: DialogParams };
};
/** Who is held hears music; no description is exchanged (5.9). */
export type HoldCall = {
  readonly method: 'verto.modify';
  readonly params: { readonly action: 'hold' | 'unhold' | 'toggleHold'; readonly dialogParams: DialogParams };
};
export type TransferCall = {
  readonly method: 'verto.modify';
  readonly params: { readonly action: 'transfer'; readonly destination: string; readonly dialogParams: DialogParams };
};
export type ReplaceCall = {
  readonly method: 'verto.modify';
  readonly params: { readonly action: 'replace'; readonly replaceCallID: string; readonly dialogParams: DialogParams };
};
export type SendMessage = {
  readonly method: 'verto.info';
  readonly params: { readonly msg: { readonly to: string; readonly body: string } };
};
export type Subscribe = {
  readonly method: 'verto.subscribe' | 'verto.unsubscribe';
  readonly params: { readonly eventChannel: readonly string[] };
};
/** To the server's own handlers of a channel, or with `localBroadcast` to the clients that hear it (8.4). */
export type Broadcast = {
  readonly method: 'verto.broadcast';
  readonly params: { readonly eventChannel: string; readonly data: unknown; readonly localBroadcast?: true };
};
/** A command of the switch's own; users have few of them, if any (7.3). */
export type Api = { readonly method: 'fsapi'; readonly params: { readonly cmd: string; readonly arg: string } };
/** Who else is in this user's domain, a page at a time (verto-extensions.md). */
export type AskContacts = { readonly method: 'verto.contacts'; readonly params: { readonly after?: string } };
export type Ping = { readonly method: 'verto.ping'; readonly params: Readonly<Record<string, never>> };

/** Everything this client asks of the server. */
export type ClientRequest =
  | Login
  | PlaceCall
  | AnswerCall
  | AttachCall
  | EndCall
  | SendInfo
  | UpdateMedia
  | Trickle
  | HoldCall
  | RefreshPicture
  | TransferCall
  | ReplaceCall
  | SendMessage
  | Api
  | AskContacts
  | Subscribe
  | Broadcast
  | Ping;

/** Who is at the other end, as far as the server says. */
export interface PartyNames {
  readonly callerName?: string;
  readonly callerNumber?: string;
  readonly calleeName?: string;
  readonly calleeNumber?: string;
  readonly displayName?: string;
  readonly displayNumber?: string;
  /** The direction as the server sees it: `outbound` is a call to this client. */
  readonly direction: 'inbound' | 'outbound';
}

export type Invite = {
  readonly method: 'verto.invite';
  readonly callId: string;
  readonly sdp: string;
  readonly names: PartyNames;
  readonly params: Readonly<Record<string, unknown>>;
};
export type Attach = {
  readonly method: 'verto.attach';
  readonly callId: string;
  readonly sdp: string;
  readonly names: PartyNames;
  readonly params: Readonly<Record<string, unknown>>;
};
/** The answer SDP comes once per call: in `verto.media`, or else in `verto.answer` (5.6). */
export type Media = { readonly method: 'verto.media'; readonly callId: string; readonly sdp: string | undefined };
export type Answer = { readonly method: 'verto.answer'; readonly callId: string; readonly sdp: string | undefined };
export type Bye = {
  readonly method: 'verto.bye';
  readonly callId: string;
  readonly cause: string;
  readonly causeCode: number;
};
/** What the server would like the camera to give (5.10). */
export type MediaWish = { readonly method: 'verto.mediaParams'; readonly callId: string; readonly video: MediaTrackConstraints };
export type Display = { readonly method: 'verto.display'; readonly callId: string; readonly names: PartyNames };
/** Words of another user (6.4), or what comes inside a call: words, typed text, a digit. */
export type Info = {
  readonly method: 'verto.info';
  readonly callId: string | undefined;
  readonly message: ChatMessage | undefined;
  readonly text: string | undefined;
  readonly digits: string | undefined;
};
export interface ChatMessage {
  /** `user@domain` */
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** The call it came in, if it came in one. */
  readonly callId?: string;
  /** All of it as it came, for instance `from_msg_name`. */
  readonly params?: Readonly<Record<string, unknown>>;
}
/** What was said on an event channel (8). */
export interface ChannelEvent {
  readonly channel: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Who said it, `user@domain`; absent where the server itself did. */
  readonly from?: string;
  readonly fromName?: string;
  /** The whole message as it came. */
  readonly params?: Readonly<Record<string, unknown>>;
}
/** A call of this client is in a room now, or no more, and by which names (9.3). */
export interface PrivateEvent {
  readonly action: 'join' | 'part';
  readonly callId: string;
  readonly laChannel: string;
  readonly laName: string;
  readonly chatId: string;
  readonly memberId: string;
  /** For moderators only. */
  readonly modChannel: string | undefined;
  readonly chatChannel: string | undefined;
  readonly infoChannel: string | undefined;
  /** Pictures are put together on so many canvases; 0 where there are none. */
  readonly canvasCount: number;
}
export type EventMessage =
  | { readonly method: 'verto.event'; readonly event: ChannelEvent; readonly place?: never }
  | { readonly method: 'verto.event'; readonly place: PrivateEvent; readonly event?: never; readonly params: Readonly<Record<string, unknown>> };
export type ClientReady = { readonly method: 'verto.clientReady'; readonly reattachedSessions: readonly string[] };
export type Punt = { readonly method: 'verto.punt' };
/** Words of who runs the server, to everybody (5.10). */
export type Announce = { readonly method: 'verto.announce'; readonly words: string };
export type ServerPing = { readonly method: 'verto.ping' };
/** A message of a later protocol, or one this client has no use for. */
export type Other = { readonly method: 'other'; readonly name: string };

/** Everything the server tells this client by itself. */
export type ServerRequest =
  | Invite
  | Attach
  | Media
  | Answer
  | Bye
  | Display
  | MediaWish
  | Info
  | EventMessage
  | ClientReady
  | Punt
  | Announce
  | ServerPing
  | Other;

export type Result = Readonly<Record<string, unknown>>;
export interface ErrorObject {
  readonly code: number | undefined;
  readonly message: string;
  readonly cause: string | undefined;
  /** Seconds after which a login is looked at again (verto-extensions.md). */
  readonly retryAfter: number | undefined;
}

/** One frame from the server, after decoding. */
export type Incoming =
  | { readonly kind: 'result'; readonly id: RequestId; readonly result: Result }
  | { readonly kind: 'error'; readonly id: RequestId | null; readonly error: ErrorObject }
  | { readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly request: ServerRequest }
  | { readonly kind: 'rubbish'; readonly why: string };
