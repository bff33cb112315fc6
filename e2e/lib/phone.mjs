import { createHash, randomBytes } from 'node:crypto';
import { Rtp } from './rtp.mjs';
import { bindUdp } from './udp.mjs';
import { bounded, deferred } from './wait.mjs';

const ADDRESS = '127.0.0.1';
const RESEND_MS = 500;
const EXPIRES = 300;

const random = () => randomBytes(8).toString('hex');
const md5 = (...parts) => createHash('md5').update(parts.join(':')).digest('hex');

/** A SIP telephone for one call, over UDP, with PCMU (RFC 3261, 7616, 3550). Knows nothing of the server's code. */
export class Phone {
  #socket;
  #rtp;
  #account;
  #answers = new Map(); // what waits for responses, by branch
  #rings = deferred();
  #ended = deferred();
  #registration;
  #call;

  /** @param account the server's SIP `port`; `user`, `domain` and `password`; `hertz`, the tone it says */
  static async open(account) {
    const phone = new Phone(await bindUdp({ address: ADDRESS }), await Rtp.open(ADDRESS), account);
    try {
      await phone.#register(EXPIRES);
    } catch (error) {
      phone.#release();
      throw error;
    }
    return phone;
  }

  constructor(socket, rtp, account) {
    this.#socket = socket.on('message', (datagram) => this.#take(parse(datagram)));
    this.#rtp = rtp;
    this.#account = account;
    const self = `<sip:${account.user}@${account.domain}>`;
    this.#registration = { id: random(), local: `${self};tag=${random()}`, remote: self, sequence: 0 };
  }

  async #register(seconds) {
    const response = await this.#ask('REGISTER', `sip:${this.#account.domain}`, this.#registration, [`Expires: ${seconds}`]);
    if (response.status !== 200) throw new Error(`the telephone cannot register: ${response.first}`);
  }

  /** Calls a number and waits for the answer. */
  async call(number) {
    const { domain, port } = this.#account;
    this.#call = { id: random(), local: this.#registration.local, remote: `<sip:${number}@${domain}>`, sequence: 0 };
    const response = await this.#ask('INVITE', `sip:${number}@${ADDRESS}:${port}`, this.#call, [], this.#sdp());
    if (response.status !== 200) throw new Error(`the call failed: ${response.first}`);
    this.#begin(response, response.headers.to[0]);
    this.#send(this.#request('ACK', this.#call.target, this.#call, `z9hG4bK${random()}`));
  }

  /** Waits until it rings. */
  rings() {
    return bounded(this.#rings.promise, 'the telephone does not ring');
  }

  answer() {
    const { invite } = this.#call;
    this.#begin(invite, invite.headers.from[0]);
    this.#respond(invite, '200 OK', this.#sdp());
  }

  /** The call is up: speaks to where the other side's description says. */
  #begin({ headers, body }, remote) {
    Object.assign(this.#call, { remote, target: /<([^>]+)>/.exec(headers.contact[0])[1], up: true });
    const [address, port] = [/^c=IN IP4 (\S+)/m, /^m=audio (\d+) RTP\/AVP .*\b0\b/m].map((pattern) => pattern.exec(body)?.[1]);
    this.#rtp.speak({ address, port: Number(port) }, this.#account.hertz);
  }

  /** Waits until the other side ends the call. */
  ended() {
    return bounded(this.#ended.promise, 'nobody ends the call');
  }

  async hangUp() {
    this.#call.up = false;
    const response = await this.#ask('BYE', this.#call.target, this.#call);
    if (response.status !== 200) throw new Error(`the telephone cannot hang up: ${response.first}`);
  }

  untilHears(wish) {
    return this.#rtp.untilHears(wish);
  }

  /** Ends its call and its registration. */
  async close() {
    try {
      if (this.#call?.up) await this.hangUp();
      await this.#register(0);
    } finally {
      this.#release();
    }
  }

  #release() {
    this.#rtp.close();
    this.#socket.close();
  }

  /** Sends a request and waits for its final response; proves who it is when it is asked to. */
  async #ask(method, uri, dialog, headers = [], sdp = '') {
    const response = await this.#exchange(method, uri, dialog, headers, sdp);
    const challenged = { 401: ['www-authenticate', 'Authorization'], 407: ['proxy-authenticate', 'Proxy-Authorization'] }[response.status];
    if (challenged === undefined) return response;
    const credentials = this.#digest(response.headers[challenged[0]][0], method, uri);
    return this.#exchange(method, uri, dialog, [...headers, `${challenged[1]}: ${credentials}`], sdp);
  }

  async #exchange(method, uri, dialog, headers, sdp) {
    dialog.sequence++;
    const branch = `z9hG4bK${random()}`;
    const { promise, resolve } = deferred();
    const send = () => this.#send(this.#request(method, uri, dialog, branch, headers, sdp));
    const timer = setInterval(send, RESEND_MS);
    this.#answers.set(branch, (response) => {
      clearInterval(timer);
      if (response.status < 200) return;
      if (method === 'INVITE' && response.status >= 300) {
        this.#send(this.#request('ACK', uri, { ...dialog, remote: response.headers.to[0] }, branch));
      }
      resolve(response);
    });
    try {
      send();
      return await bounded(promise, `no response to ${method}`);
    } finally {
      clearInterval(timer);
      this.#answers.delete(branch);
    }
  }

  #request(method, uri, { id, local, remote, sequence }, branch, headers = [], sdp = '') {
    return message([
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${this.#host()};branch=${branch};rport`,
      'Max-Forwards: 70',
      `From: ${local}`,
      `To: ${remote}`,
      `Call-ID: ${id}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: ${this.#contact()}`,
      ...headers,
    ], sdp);
  }

  #digest(challenge, method, uri) {
    const { user, password } = this.#account;
    const [realm, nonce] = ['realm', 'nonce'].map((name) => new RegExp(`\\b${name}="([^"]*)"`).exec(challenge)[1]);
    const cnonce = random();
    const response = md5(md5(user, realm, password), nonce, '00000001', cnonce, 'auth', md5(method, uri));
    return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", `
      + `algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}"`;
  }

  #take(received) {
    const { first, status, headers } = received;
    if (status !== undefined) {
      this.#answers.get(/;branch=([^;,]+)/.exec(headers.via[0])[1])?.(received);
      return;
    }
    const [method] = first.split(' ');
    const again = headers['call-id'][0] === this.#call?.id;
    if (method === 'ACK') return;
    if (method !== 'INVITE') {
      this.#respond(received, '200 OK');
      if (again && method === 'BYE') {
        this.#call.up = false;
        this.#ended.resolve();
      }
    } else if (this.#call === undefined) {
      const tag = random();
      this.#call = { id: headers['call-id'][0], local: `${headers.to[0]};tag=${tag}`, sequence: 0, invite: received };
      this.#respond(received, '180 Ringing');
      this.#rings.resolve({ from: headers.from[0] });
    } else if (!again) {
      this.#respond(received, '486 Busy Here');
    } else if (headers.cseq[0] !== this.#call.invite?.headers.cseq[0]) {
      this.#respond(received, '488 Not Acceptable Here'); // an offer within the call; anything else is an INVITE that came twice
    }
  }

  #respond({ headers }, status, sdp = '') {
    const to = headers['call-id'][0] === this.#call?.id && !/;tag=/.test(headers.to[0]) ? this.#call.local : headers.to[0];
    this.#send(message([
      `SIP/2.0 ${status}`,
      ...headers.via.map((via) => `Via: ${via}`),
      ...(headers['record-route'] ?? []).map((route) => `Record-Route: ${route}`),
      `From: ${headers.from[0]}`,
      `To: ${to}`,
      `Call-ID: ${headers['call-id'][0]}`,
      `CSeq: ${headers.cseq[0]}`,
      `Contact: ${this.#contact()}`,
    ], sdp));
  }

  #host() {
    return `${ADDRESS}:${this.#socket.address().port}`;
  }

  #contact() {
    return `<sip:${this.#account.user}@${this.#host()}>`;
  }

  #sdp() {
    return ['v=0', `o=phone 1 1 IN IP4 ${ADDRESS}`, 's=-', `c=IN IP4 ${ADDRESS}`, 't=0 0', `m=audio ${this.#rtp.port} RTP/AVP 0`, 'a=ptime:20', '']
      .join('\r\n');
  }

  #send(text) {
    this.#socket.send(text, this.#account.port, ADDRESS);
  }
}

function message(lines, sdp) {
  const type = sdp === '' ? [] : ['Content-Type: application/sdp'];
  return [...lines, ...type, `Content-Length: ${sdp.length}`, '', sdp].join('\r\n');
}

/** @returns the first line, of responses the status, the headers by small names, the body */
function parse(datagram) {
  const [head, body] = datagram.toString().split('\r\n\r\n');
  const [first, ...lines] = head.split('\r\n');
  const headers = {};
  for (const line of lines) {
    const [, name, value] = /^([^:\s]+)\s*:\s*(.*)$/.exec(line);
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  const status = /^SIP\/2\.0 (\d{3})/.exec(first)?.[1];
  return { first, status: status && Number(status), headers, body };
}
