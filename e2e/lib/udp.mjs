import dgram from 'node:dgram';

/** @returns a socket; any address and any free port unless they are given */
export function bindUdp({ port = 0, address } = {}) {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, address, () => resolve(socket));
  });
}
