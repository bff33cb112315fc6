import modesl from 'modesl';

/** A program at the server's event socket, which runs commands. */
export async function programAt(server) {
  const { host, port, password } = server.eventSocket;
  const link = await new Promise((resolve, reject) => {
    const connection = new modesl.Connection(host, port, password, () => resolve(connection));
    connection.on('error', reject);
  });
  return {
    run: (command) => new Promise((resolve) => link.api(command, (reply) => resolve(reply.getBody()))),
    close: () => link.disconnect(),
  };
}
