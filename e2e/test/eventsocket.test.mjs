import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FreeSwitchClient, FreeSwitchServer } from 'esl';
import modesl from 'modesl';
import { FILE_TONES } from '../lib/server.mjs';
import { clear, loggedIn, theServer, TONES } from '../lib/stage.mjs';

const LIMIT = { timeout: 45_000 };
// As long as a test may take: what is waited for is asked for at its beginning.
const WAIT_MS = 45_000;
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SILENT = { debug() {}, info() {}, error() {} };

/** Waits for one value out of a function that is given a callback. */
const once = (what, start) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new Error(`${what} did not come`)), WAIT_MS);
  start((value) => {
    clearTimeout(timer);
    resolve(value);
  });
});

// Unmodified packages from npm, which know nothing of this server.
describe('the program modesl', () => {
  let link;

  before(async () => {
    const { host, port, password } = theServer().eventSocket;
    link = await once('the login', (done) => {
      const connection = new modesl.Connection(host, port, password, () => done(connection));
    });
  });
  after(() => link.disconnect());
  afterEach(clear);

  test('calls a browser, which answers, and sees it all', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const uuid = randomUUID();
    await once('the subscription', (done) => link.subscribe(['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_HANGUP_COMPLETE'], done));
    // Calls of pages that are gone wait for them meanwhile, and end when they like.
    const event = (name) => once(name, (done) => link.on(`esl::event::${name}::${uuid}`, done));
    const [made, answered, over] = ['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'CHANNEL_HANGUP_COMPLETE'].map(event);
    const options = `{origination_uuid=${uuid},origination_caller_id_name=Robot}`;
    const job = once('the job', (done) => link.bgapi('originate', `${options}user/1000 &echo`, done));

    await a.next('incoming');
    await a.answer();
    assert.equal((await made).getHeader('Call-Direction'), 'outbound');
    assert.equal((await answered).getHeader('Caller-Caller-ID-Name'), 'Robot');
    assert.equal((await job).getBody(), `+OK ${uuid}\n`);
    await a.hearsSteadily({ present: [TONES.a], absent: [TONES.b] });

    const done = await once('the application', (finish) => link.execute('set', 'colour=red', uuid, finish));
    assert.equal(done.getHeader('variable_colour'), 'red');
    const channels = await once('the table', (finish) => link.show('channels', (error, rows) => finish(error ?? rows)));
    assert.equal(channels.rows.filter((row) => row.uuid === uuid).length, 1);
    const reply = await once('the reply', (finish) => link.api('uuid_kill', [uuid, 'CALL_REJECTED'], finish));
    assert.match(reply.getBody(), /^\+OK/);

    assert.equal((await over).getHeader('Hangup-Cause'), 'CALL_REJECTED');
    await a.next('ended');
  });
});

describe('the program esl', () => {
  let client;
  let link;

  before(async () => {
    client = new FreeSwitchClient({ ...theServer().eventSocket, logger: SILENT });
    link = await once('the login', (done) => {
      client.once('connect', done);
      client.connect();
    });
  });
  after(() => client.end());
  afterEach(clear);

  test('calls a browser, lets it hear something and hangs up', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    await link.event_json('CHANNEL_ANSWER', 'CHANNEL_HANGUP_COMPLETE', 'DTMF', 'PLAYBACK_START');
    const uuid = randomUUID();
    const event = (name) =>
      once(name, (done) =>
        link.on(name, ({ body }) => {
          if (body['Unique-ID'] === uuid) done(body);
        }),
      );
    const [answered, key, playing, over] = ['CHANNEL_ANSWER', 'DTMF', 'PLAYBACK_START', 'CHANNEL_HANGUP_COMPLETE'].map(event);
    const job = link.bgapi(`originate {origination_uuid=${uuid}}user/1000 &park`, WAIT_MS);

    await a.next('incoming');
    await a.answer();
    await answered;
    assert.equal((await job).body._body, `+OK ${uuid}\n`);

    await link.execute_uuid(uuid, 'playback', 'tone_stream://%(10000,0,1250)');
    assert.equal((await playing)['Playback-File-Path'], 'tone_stream://%(10000,0,1250)');
    await a.hearsSteadily({ present: [1250], absent: [TONES.a] });
    await a.digits('5');
    assert.equal((await key)['DTMF-Digit'], '5');
    await link.hangup_uuid(uuid, 'USER_BUSY');

    assert.equal((await over)['Hangup-Cause'], 'USER_BUSY');
    await a.next('ended');
  });
});

describe('a program to which the server connects', () => {
  afterEach(clear);

  test('modesl answers a call, plays, takes a digit and bridges it', LIMIT, async () => {
    const [a, b] = [await loggedIn('a', '1000'), await loggedIn('b', '1001')];
    const server = await once('the listener', (done) => {
      const listener = new modesl.Server({ host: '127.0.0.1', port: theServer().programPort, myevents: true }, () => done(listener));
    });
    try {
      const given = once('the call', (done) => server.on('connection::ready', done));
      await a.dial('7006');
      const call = await given;
      assert.equal(call.getInfo().getHeader('Channel-Destination-Number'), '7006');
      assert.equal(call.getInfo().getHeader('Control'), 'full');
      const run = (application, argument) => once(application, (done) => call.execute(application, argument, done));

      await run('answer', '');
      await a.next('active');
      const digit = once('the digit', (done) => call.on('esl::event::DTMF::*', done));
      call.execute('playback', '{loops=-1}tone_stream://%(10000,0,1250)');
      await a.hearsSteadily({ present: [1250], absent: [TONES.b] });
      await a.digits('5');
      assert.equal((await digit).getHeader('DTMF-Digit'), '5');

      const talked = run('bridge', '{origination_caller_id_name=Program}user/1001@${domain_name}');
      await b.next('incoming');
      await b.answer();
      await a.hearsSteadily({ present: [TONES.b], absent: [1250] });
      await b.hangUp();
      await talked;
      const over = once('the end', (done) => call.on('esl::event::CHANNEL_HANGUP_COMPLETE::*', done));
      call.execute('hangup', 'CALL_REJECTED');
      assert.equal((await over).getHeader('Hangup-Cause'), 'CALL_REJECTED');
      await a.next('ended');
    } finally {
      await once('the end of the listener', (done) => server.close(done));
    }
  });

  test('esl waits for each application, and when it leaves the dialplan goes on', LIMIT, async () => {
    const a = await loggedIn('a', '1000');
    const server = new FreeSwitchServer({ all_events: false, my_events: true, logger: SILENT });
    const given = once('the call', (done) => server.once('connection', (call, { uuid, data }) => done({ call, uuid, data })));
    await server.listen({ host: '127.0.0.1', port: theServer().programPort });
    try {
      await a.dial('7007');
      const { call, uuid, data } = await given;
      assert.equal(data['Caller-Destination-Number'], '7007');
      const played = call.command('playback', 'tone_stream://%(8000,0,1250)', WAIT_MS); // no longer than the package waits for a reply
      await a.untilHears({ present: [1250], absent: [FILE_TONES[0]] });
      assert.equal((await played).body['Application-Response'], 'FILE PLAYED');

      await call.exit();
      await a.untilHears({ present: FILE_TONES });
    } finally {
      await server.close();
    }
  });
});

test('the console runs a command for a script', LIMIT, async () => {
  const run = promisify(execFile);
  const options = ['cli', '--data', join(theServer().folder, 'data')];

  const { stdout } = await run(join(ROOT, 'jverto'), [...options, '--json', '-x', 'version']);

  assert.deepEqual(Object.keys(JSON.parse(stdout)), ['command', 'ok', 'output']);
  await assert.rejects(run(join(ROOT, 'jverto'), [...options, '-x', 'nonsense']), { code: 1 });
});
