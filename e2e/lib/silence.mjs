import { bindUdp } from './udp.mjs';

/** A STUN server that never answers: a browser that is told of it gathers for long. */
export async function silentStun() {
  const socket = await bindUdp({ address: '127.0.0.1' });
  return { iceServers: [{ urls: `stun:127.0.0.1:${socket.address().port}` }], close: () => socket.close() };
}
