import type {
  ChatMessage,
  ClientRequest,
  ErrorObject,
  Incoming,
  PartyNames,
  RequestId,
  Result,
  ServerRequest,
} from './messages.ts';

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
    case 'verto.info': {
      const message = chatMessage(params['msg']);
      return message === undefined ? { method: 'other', name: method } : { method, message };
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
    default:
      return { method: 'other', name: method };
  }
}

type CallMethod = Extract<ServerRequest, { readonly callId: string }>['method'];

function decodeCallRequest(method: CallMethod, callId: string, params: Result): ServerRequest | undefined {
  const sdp = text(params['sdp']);
  switch (method) {
    case 'verto.invite':
    case 'verto.attach':
      return sdp === undefined ? undefined : { method, callId, sdp, names: partyNames(params) };
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

function chatMessage(value: unknown): ChatMessage | undefined {
  if (!isObject(value)) return undefined;
  const body = value['body'];
  return typeof body === 'string' ? { from: text(value['from']) ?? '', to: text(value['to']) ?? '', body } : undefined;
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
  };
}

function isObject(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function requestId(value: unknown): RequestId | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

/** Empty strings count as absent: the server sends them for names it does not know (errata 2). */
function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** The texts of an array; nothing else is any. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
