import { Session } from '/sdk/jverto.js';

const list = document.querySelector('ul');

function row(room, member) {
  const item = document.createElement('li');
  item.textContent = member.name || member.number;
  item.className = member.muted ? 'muted' : member.talking ? 'talking' : '';
  if (room.isModerator) item.onclick = () => (member.muted ? room.unmute(member) : room.mute(member));
  return item;
}

document.querySelector('form').onsubmit = async (event) => {
  event.preventDefault();
  const { login, password, room: number } = Object.fromEntries(new FormData(event.target));
  const session = new Session({ url: `wss://${location.host}/`, login, password });
  await session.open();
  session.on('room', (room) => {
    room.on('members', (members) => list.replaceChildren(...members.map((member) => row(room, member))));
    room.on('left', () => list.replaceChildren());
  });
  const call = session.dial(number);
  call.on('sound', (stream) => (document.querySelector('audio').srcObject = stream));
};
