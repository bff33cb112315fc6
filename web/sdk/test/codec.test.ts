import { describe, expect, it } from 'vitest';
import { decode, encodeRequest } from '../src/wire/codec.ts';

describe('decode', () => {
  it('reads a call to this client', () => {
    const text =
      '{"jsonrpc":"2.0","id":1000000007,"method":"verto.invite","params":{"callID":"c1","variables":{},"sdp":"v=0",' +
      '"caller_id_name":"Bob","caller_id_number":"1000","callee_id_name":"","display_direction":"outbound"}}';

    expect(decode(text)).toEqual({
      kind: 'request',
      id: 1000000007,
      method: 'verto.invite',
      request: {
        method: 'verto.invite',
        callId: 'c1',
        sdp: 'v=0',
        names: { callerName: 'Bob', callerNumber: '1000', direction: 'outbound' },
        params: expect.objectContaining({ callID: 'c1', variables: {} }) as unknown,
      },
    });
  });

  it('takes a message with a result for a response, whatever else is in it', () => {
    expect(decode('{"jsonrpc":"2.0","id":3,"result":{"message":"SENT"},"method":"verto.info"}')).toEqual({
      kind: 'result',
      id: 3,
      result: { message: 'SENT' },
    });
  });

  it('reads an error without a code', () => {
    expect(decode('{"jsonrpc":"2.0","id":3,"error":{"unauthorizedChannels":["x"]}}')).toEqual({
      kind: 'error',
      id: 3,
      error: { code: undefined, message: 'no reason given', cause: undefined },
    });
  });

  it('passes over methods it does not know', () => {
    expect(decode('{"jsonrpc":"2.0","id":3,"method":"verto.prompt","params":{"msg":["a"]}}')).toMatchObject({
      kind: 'request',
      request: { method: 'other', name: 'verto.prompt' },
    });
  });

  it.each(['', '#SPU 12', '[]', 'null', '3', '{}', '{"id":1}', '{"method":"verto.bye","id":1}', '{"method":"verto.bye","id":1,"params":{"callID":7}}'])(
    'calls %s rubbish',
    (text) => {
      expect(decode(text).kind).toBe('rubbish');
    },
  );
});

describe('encodeRequest', () => {
  it('puts the session id into the params', () => {
    const text = encodeRequest(4, { method: 'verto.ping', params: {} }, 's1');

    expect(JSON.parse(text)).toEqual({ jsonrpc: '2.0', id: 4, method: 'verto.ping', params: { sessid: 's1' } });
  });
});
