// One face for three clients, so that the same scenarios run with each: our own, and two from npm as they are.

import { CAUSES, Session } from '../../web/sdk/src/index.ts';

/** What the browser must not improve, or tones would vanish. */
export const RAW = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/**
 * A client tells `say(type, details)` of: incoming, early, active, held, ended, closed, sound; and as far as it knows them of
 * ready, display, message, digit, conference-....
 */
export const clients = {
  sdk: (say) => {
    let session;
    let call;
    const calls = [];
    const follow = (next) => {
      call = next;
      calls.push(next);
      if (next.sound !== undefined) say('sound', { stream: next.sound });
      next.on('sound', (stream) => say('sound', { stream }));
      next.on('state', (state) => {
        if (state === 'early' || state === 'active') say(state, {});
      });
      next.on('held', (held) => say(held ? 'held' : 'active', {}));
      next.on('party', (party) => say('display', party));
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
        session.on('message', ({ from, body }) => say('message', { from, body }));
        session.on('room', (room) => {
          room.on('members', (members) =>
            say('roster', { at: Date.now(), count: members.length, members: members.map(({ number, talking, muted, energy }) => ({ number, talking, muted, energy })) }),
          );
          room.on('message', ({ from, text }) => say('chat', { from, text }));
          room.on('reply', ({ response }) => say('reply', { response }));
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
      hold: () => call.hold(),
      unhold: () => call.unhold(),
      toggleHold: () => call.toggleHold(),
      transfer: (destination) => call.transfer(destination),
      replace: () => call.replace(calls.at(-2)),
      message: (to, body) => session.sendMessage(to, body),
      /** To all who are in the room. */
      chat: (words) => session.roomOf(call).say(words),
      /** What a moderator does to the member with this number, or to the room. */
      moderate(command, number, value = null) {
        const room = session.roomOf(call);
        const member = room.members.find((one) => one.number === number);
        return room.moderate(command, member?.id ?? null, value);
      },
      logout: () => session.close(),
      causes: CAUSES,
    };
  },

  signalwire: (say) => {
    let client;
    let account;
    const calls = new Map();
    const call = () => [...calls.values()].at(-1);
    const remote = document.createElement('audio');
    remote.id = 'signalwire-sound';
    remote.autoplay = true;
    document.body.append(remote);
    const onCall = (next) => {
      if (next.state === 'destroy') {
        calls.delete(next.id);
        say('ended', { cause: next.cause, causeCode: next.causeCode });
        return;
      }
      calls.set(next.id, next);
      if (next.state === 'ringing') {
        say('incoming', { name: next.options.remoteCallerName, number: next.options.remoteCallerNumber });
      }
      if (next.state === 'early' || next.state === 'held') say(next.state, {});
      if (next.state === 'active') {
        say('active', {});
        say('sound', { stream: remote.srcObject });
      }
    };
    const onNotification = (notification) => {
      switch (notification.type) {
        case 'callUpdate':
          return onCall(notification.call);
        case 'participantData':
          // Its notification of an attach has the same type, and no name.
          if (notification.displayName === undefined) return undefined;
          return say('display', { name: notification.displayName, number: notification.displayNumber });
        case 'conferenceUpdate':
          return say(`conference-${notification.action}`, {
            participantId: notification.participantId,
            participants: notification.participants?.map(({ callId, participantId }) => ({ callId, participantId })),
          });
        case 'vertoClientReady':
          return say('ready', { reattached: notification.reattached_sessions });
        case 'event':
          if (notification.msg !== undefined) say('message', { from: notification.msg.from, body: notification.msg.body });
          if (notification.dtmf !== undefined) say('digit', { digit: notification.dtmf });
      }
      return undefined;
    };
    return {
      async login({ url, login, password }) {
        account = login;
        client = new window.Verto({ host: url, login, passwd: password, userVariables: { email: `${login}@test.invalid` } });
        client.remoteElement = remote;
        // Before the login: a call that comes back with it opens the microphone at once.
        await client.setAudioSettings(RAW);
        await new Promise((resolve, reject) => {
          client.on('signalwire.ready', resolve);
          client.on('signalwire.error', (error) => reject(error.error ?? error));
          client.on('signalwire.notification', onNotification);
          client.connect();
        });
      },
      dial(number) {
        client.newCall({ destinationNumber: number, callerName: 'Tester', callerNumber: account, audio: RAW, video: false });
      },
      answer: () => call().answer(),
      reject: () => call().hangup(),
      hangUp: () => call().hangup(),
      digits: (digits) => call().dtmf(digits),
      hold: () => call().hold(),
      unhold: () => call().unhold(),
      toggleHold: () => call().toggleHold(),
      transfer: (destination) => call().transfer(destination),
      /** The latest call takes the place of the one before it. */
      replace: () => call().replace([...calls.keys()].at(-2)),
      message: (to, body) => call().message(to, body),
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
      next.subscribeEvent('hold', () => say('held', {}));
      next.subscribeEvent('unhold', () => say('active', {}));
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
      hold: () => call.hold(),
      unhold: () => call.unhold(),
      toggleHold: () => call.toggleHold(),
      logout: () => client.logout(),
    };
  },
};
