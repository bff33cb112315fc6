// Written as pages for the classic client are: its names, its callbacks, its comparisons.
var verto, current, conference;

function by(id) { return document.getElementById(id); }

function say(words) { by('status').textContent = words; }

var callbacks = {
  onWSLogin: function (v, success) { say(success ? 'logged in' : 'login refused'); },
  onWSClose: function () { say('connection lost'); },
  onDialogState: function (d) {
    current = d;
    switch (d.state) {
      case $.verto.enum.state.ringing: say('ringing: ' + d.cidString()); break;
      case $.verto.enum.state.active: say('active'); break;
      case $.verto.enum.state.hangup: say('hangup: ' + d.cause); break;
      case $.verto.enum.state.destroy: current = null; break;
      default: say(d.state.name);
    }
  },
  onMessage: function (v, dialog, msg, data) {
    if (msg !== $.verto.enum.message.pvtEvent || !data.pvtData) return;
    if (conference) conference.destroy();
    conference = null;
    if (data.pvtData.action === 'conference-liveArray-join') {
      conference = new $.verto.confMan(v, { tableID: '#members', statusID: '#count', dialog: dialog, laData: data.pvtData });
    }
  },
};

by('login').onsubmit = function (event) {
  event.preventDefault();
  $.verto.init({ skipPermissionCheck: true }, function () {
    verto = new $.verto({
      login: by('user').value + '@' + location.hostname,
      passwd: by('password').value,
      socketUrl: 'wss://' + location.host,
      tag: 'webcam',
      audioParams: { googEchoCancellation: false, googNoiseSuppression: false, googAutoGainControl: false },
    }, callbacks);
  });
};
by('call').onclick = function () { current = verto.newCall({ destination_number: by('number').value, caller_id_name: 'Old page', caller_id_number: by('user').value }); };
by('answer').onclick = function () { current.answer(); };
by('hold').onclick = function () { current.toggleHold(); };
by('mute').onclick = function () { current.setMute('toggle'); };
by('hangup').onclick = function () { current.hangup(); };
