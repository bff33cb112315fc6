import dgram from 'node:dgram';

/** A STUN server that never answers: a browser that is told of it gathers for long. */
export function silentStun() {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4').once('error', reject);
    socket.bind(0, '127.0.0.1', () =>
      resolve({ iceServers: [{ urls: `stun:127.0.0.1:${socket.address().port}` }], close: () => socket.close() }),
    );
  });
}
