import '/sdk/jverto-element.js';

document.querySelector('form').onsubmit = (event) => {
  event.preventDefault();
  const { login, password } = Object.fromEntries(new FormData(event.target));
  const button = document.querySelector('verto-call');
  button.setAttribute('login', login);
  button.password = password;
  button.setAttribute('receive', '');
};
