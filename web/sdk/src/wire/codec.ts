import type {
  ChatMessage,
  ClientRequest,
  ErrorObject,
  Incoming,
  PartyNames,
  PrivateEvent,
  RequestId,
  Result,
  ServerRequest,
} from './messages.ts';
import { isObject, number, strings, text } from './values.ts';

/** Text of a request. Every request carries the session id once there is one (reference 2.1, 4.1). */
export function encodeRequest(id: RequestId, request: ClientRequest, sessionId: string | undefined): string {
  const params = sessionId === undefined ? request.params : { ...request.params, sessid: sessionId };
  return JSON.stringify({ jsonrpc: '2.0', method: request.method, params, id });
}

/** Text that tells the server its request arrived; nothing more follows from it (2.6). */
export function encodeAcknowledgement(id: RequestId, method: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, result: { method } });
}

/** Reads one frame. Never throws: what is not understood comes back as rubbish or as an `other` request. */
export function decode(text: string): Incoming {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'rubbish', why: 'not JSON' };
  }
  if (!isObject(value)) return { kind: 'rubbish', why: 'not an object' };
  // The result is looked at first: a request never has one, and an id may collide (15.2).
  const id = requestId(value['id']);
  if (isObject(value['result'])) {
    return id === undefined ? { kind: 'rubbish', why: 'result without id' } : { kind: 'result', id, result: value['result'] };
  }
  if (isObject(value['error'])) return { kind: 'error', id: id ?? null, error: errorObject(value['error']) };
  const method = value['method'];
  if (typeof method !== 'string' || id === undefined) return { kind: 'rubbish', why: 'neither request nor response' };
  const params = isObject(value['params']) ? value['params'] : {};
  const request = decodeRequest(method, params);
  return request === undefined
    ? { kind: 'rubbish', why: `${method} lacks what it needs` }
    : { kind: 'request', id, method, request };
}

function decodeRequest(method: string, params: Result): ServerRequest | undefined {
  switch (method) {
    case 'verto.clientReady':
      return { method, reattachedSessions: strings(params['reattached_sessions']) };
    case 'verto.punt':
    case 'verto.ping':
      return { method };
    case 'verto.announce':
      return { method, words: strings(params['msg']).join(' ') };
    case 'verto.event':
      return decodeEvent(params);
    case 'verto.info': {
      const typed = params['txt'];
      const info = {
        callId: text(params['callID']),
        message: chatMessage(params['msg'], text(params['callID'])),
        text: isObject(typed) ? text(typed['chars']) : undefined,
        digits: text(params['dtmf']),
      };
      const empty = info.message === undefined && info.text === undefined && info.digits === undefined;
      return empty ? { method: 'other', name: method } : { method, ...info };
    }
    case 'verto.invite':
    case 'verto.attach':
    case 'verto.media':
    case 'verto.answer':
    case 'verto.bye':
    case 'verto.display': {
      const callId = text(params['callID']);
      return callId === undefined ? undefined : decodeCallRequest(method, callId, params);
    }
    case 'verto.mediaParams': {
      const callId = text(params['callID']);
      const wish = params['mediaParams'];
      const video = isObject(wish) ? wish['video'] : undefined;
      return callId === undefined || !isObject(video) ? { method: 'other', name: method } : { method, callId, video: video as MediaTrackConstraints };
    }
    default:
      return { method: 'other', name: method };
  }
}

/** News of a channel, or of one's own place in a room (9.3). */
function decodeEvent(params: Result): ServerRequest {
  const pvt = params['pvtData'];
  if (isObject(pvt)) {
    const place = privateEvent(pvt);
    return place === undefined ? { method: 'other', name: 'verto.event' } : { method: 'verto.event', place, params };
  }
  const channel = text(params['eventChannel']);
  const payload = isObject(params['data']) ? params['data'] : params['eventData'];
  if (channel === undefined) return { method: 'other', name: 'verto.event' };
  const names = { ...optional('from', params['userid']), ...optional('fromName', params['fromDisplay']) };
  return { method: 'verto.event', event: { channel, data: isObject(payload) ? payload : {}, ...names, params } };
}

function privateEvent(pvt: Result): PrivateEvent | undefined {
  const action = pvt['action'];
  const callId = text(pvt['callID']);
  const laChannel = text(pvt['laChannel']);
  const laName = text(pvt['laName']);
  const known = action === 'conference-liveArray-join' || action === 'conference-liveArray-part';
  if (!known || callId === undefined || laChannel === undefined || laName === undefined) return undefined;
  return {
    action: action === 'conference-liveArray-join' ? 'join' : 'part',
    callId,
    laChannel,
    laName,
    chatId: text(pvt['chatID']) ?? '',
    memberId: text(pvt['conferenceMemberID']) ?? '',
    modChannel: text(pvt['modChannel']),
    chatChannel: text(pvt['chatChannel']),
    infoChannel: text(pvt['infoChannel']),
    canvasCount: number(pvt['canvasCount']) ?? 0,
  };
}

type CallMethod = Exclude<Extract<ServerRequest, { readonly callId: string }>['method'], 'verto.mediaParams'>;

function decodeCallRequest(method: CallMethod, callId: string, params: Result): ServerRequest | undefined {
  const sdp = text(params['sdp']);
  switch (method) {
    case 'verto.invite':
    case 'verto.attach':
      return sdp === undefined ? undefined : { method, callId, sdp, names: partyNames(params), params };
    case 'verto.media':
    case 'verto.answer':
      return { method, callId, sdp };
    case 'verto.bye':
      return {
        method,
        callId,
        cause: text(params['cause']) ?? 'NORMAL_CLEARING',
        causeCode: number(params['causeCode']) ?? 16,
      };
    case 'verto.display':
      return { method, callId, names: partyNames(params) };
  }
}

function chatMessage(value: unknown, callId: string | undefined): ChatMessage | undefined {
  if (!isObject(value) || typeof value['body'] !== 'string') return undefined;
  const names = { from: text(value['from']) ?? '', to: text(value['to']) ?? '', body: value['body'] };
  return { ...names, ...(callId === undefined ? {} : { callId }), params: value };
}

function partyNames(params: Result): PartyNames {
  return {
    ...optional('callerName', params['caller_id_name']),
    ...optional('callerNumber', params['caller_id_number']),
    ...optional('calleeName', params['callee_id_name']),
    ...optional('calleeNumber', params['callee_id_number']),
    ...optional('displayName', params['display_name']),
    ...optional('displayNumber', params['display_number']),
    direction: params['display_direction'] === 'inbound' ? 'inbound' : 'outbound',
  };
}

function optional<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  const given = text(value);
  return given === undefined ? {} : ({ [key]: given } as Partial<Record<K, string>>);
}

function errorObject(error: Result): ErrorObject {
  return {
    code: number(error['code']),
    message: text(error['message']) ?? 'no reason given',
    cause: text(error['cause']),
    retryAfter: isObject(error['data']) ? number(error['data']['retry-after']) : undefined,
  };
}

function requestId(value: unknown): RequestId | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}
