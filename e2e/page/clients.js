// One face for three clients, so that the same scenarios run with each: our own, and two from npm as they are.

import { CAUSES, Session } from '../../web/sdk/src/index.ts';

/** What the browser must not improve, or tones would vanish. */
export const RAW = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** A client tells `say(type, details)` of: incoming, early, active, ended, closed, sound. */
export const clients = {
  sdk: (say) => {
    let session;
    let call;
    const follow = (next) => {
      call = next;
      if (next.sound !== undefined) say('sound', { stream: next.sound });
      next.on('sound', (stream) => say('sound', { stream }));
      next.on('state', (state) => {
        if (state === 'early' || state === 'active') say(state, {});
      });
      next.on('ended', (end) => say('ended', end));
    };
    return {
      async login({ url, login, password, stereo, trickle, iceServers }) {
        const media = { microphone: RAW, stereo, iceServers };
        session = new Session({ url, login, password, callerName: `Tester ${login}`, media, trickle });
        session.on('incoming', (next) => {
          follow(next);
          say('incoming', { ...next.party });
        });
        session.on('state', (state) => {
          if (state.name === 'closed') say('closed', state.trouble);
        });
        await session.open();
      },
      dial: (number) => follow(session.dial(number)),
      answer: () => call.answer(),
      reject: (cause) => call.reject(cause),
      hangUp: (cause) => call.hangUp(cause),
      digits: (digits) => call.sendDigits(digits),
      restartIce: () => call.restartIce(),
      logout: () => session.close(),
      causes: CAUSES,
    };
  },

  signalwire: (say) => {
    let client;
    let call;
    const remote = document.createElement('audio');
    remote.id = 'signalwire-sound';
    remote.autoplay = true;
    document.body.append(remote);
    const active = () => {
      say('active', {});
      say('sound', { stream: remote.srcObject });
    };
    return {
      login: ({ url, login, password }) =>
        new Promise((resolve, reject) => {
          client = new window.Verto({ host: url, login, passwd: password, userVariables: { email: `${login}@test.invalid` } });
          client.remoteElement = remote;
          client.on('signalwire.ready', async () => {
            await client.setAudioSettings(RAW);
            resolve();
          });
          client.on('signalwire.error', (error) => reject(error.error ?? error));
          client.on('signalwire.notification', (notification) => {
            if (notification.type !== 'callUpdate') return;
            call = notification.call;
            if (call.state === 'ringing') {
              say('incoming', { name: call.options.remoteCallerName, number: call.options.remoteCallerNumber });
            }
            if (call.state === 'early') say('early', {});
            if (call.state === 'active') active();
            if (call.state === 'destroy') say('ended', { cause: call.cause, causeCode: call.causeCode });
          });
          client.connect();
        }),
      dial(number) {
        call = client.newCall({ destinationNumber: number, callerName: 'Tester', callerNumber: '1000', audio: RAW, video: false });
      },
      answer: () => call.answer(),
      reject: () => call.hangup(),
      hangUp: () => call.hangup(),
      digits: (digits) => call.dtmf(digits),
      logout: () => client.disconnect(),
    };
  },

  vertojs: (say) => {
    let client;
    let call;
    let microphone;
    const follow = (next) => {
      call = next;
      next.subscribeEvent('track', (track) => say('sound', { stream: new MediaStream([track]) }));
      next.subscribeEvent('media', () => say('early', {}));
      next.subscribeEvent('answer', () => say('active', {}));
      next.subscribeEvent('bye', () => say('ended', {}));
    };
    return {
      async login({ url, login, password }) {
        microphone = await navigator.mediaDevices.getUserMedia({ audio: RAW });
        client = new window.Verto.Verto({ transportConfig: { socketUrl: url, login, passwd: password }, ice_timeout: 1000 });
        client.subscribeEvent('invite', (next) => {
          follow(next);
          say('incoming', { name: next.options.caller_id_name, number: next.options.caller_id_number });
        });
        await client.login();
      },
      dial(number) {
        follow(client.call(microphone.getTracks(), number, { caller_id_name: 'Tester', caller_id_number: '1000' }));
      },
      answer() {
        call.answer(microphone.getTracks());
        // This client tells nothing of its own answer.
        say('active', {});
      },
      reject: () => call.hangup(),
      hangUp: () => call.hangup(),
      digits: (digits) => call.dtmf(digits),
      logout: () => client.logout(),
    };
  },
};
