import { Session } from '/sdk/jverto.js';

document.querySelector('form').onsubmit = async (event) => {
  event.preventDefault();
  const { login, password, number } = Object.fromEntries(new FormData(event.target));
  const status = document.querySelector('[role=status]');
  const session = new Session({ url: `wss://${location.host}/`, login, password });
  session.on('state', ({ trouble }) => trouble && (status.textContent = trouble.kind));
  await session.open();
  const call = session.dial(number);
  call.on('state', (state) => (status.textContent = state));
  call.on('sound', (stream) => (document.querySelector('audio').srcObject = stream));
  event.target.onreset = () => call.hangUp();
};
