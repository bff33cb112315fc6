import { element, say } from './elements.ts';

export interface LoginInput {
  readonly login: string;
  readonly password: string;
  readonly url: string;
  readonly studio: boolean;
}

/** The sign-in form. */
export class LoginView {
  private readonly view = element('login-view', HTMLElement);
  private readonly form = element('login-form', HTMLFormElement);
  private readonly user = element('login-user', HTMLInputElement);
  private readonly password = element('login-password', HTMLInputElement);
  private readonly url = element('login-url', HTMLInputElement);
  private readonly studio = element('login-studio', HTMLInputElement);
  private readonly trouble = element('login-trouble', HTMLElement);
  private readonly button = element('login-button', HTMLButtonElement);

  onSubmit: (input: LoginInput) => void = () => undefined;

  constructor(private readonly defaultUrl: string) {
    this.url.placeholder = defaultUrl;
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  fill(login: string, url: string, studio: boolean): void {
    this.user.value = login;
    this.url.value = url;
    this.studio.checked = studio;
  }

  show(trouble: string): void {
    this.view.hidden = false;
    this.busy(false);
    this.password.value = '';
    say(this.trouble, trouble);
    (this.user.value === '' ? this.user : this.password).focus();
  }

  hide(): void {
    this.view.hidden = true;
    this.password.value = '';
  }

  busy(busy: boolean): void {
    this.button.disabled = busy;
    this.button.textContent = busy ? 'Signing in…' : 'Sign in';
    if (busy) say(this.trouble, '');
  }

  private submit(): void {
    const login = this.user.value.trim();
    const url = this.url.value.trim();
    if (login === '' || this.password.value === '') {
      say(this.trouble, login === '' ? 'Which number is yours?' : 'The password is missing.');
      (login === '' ? this.user : this.password).focus();
      return;
    }
    if (url !== '' && !/^wss?:\/\/[^\s/]+/.test(url)) {
      say(this.trouble, 'The server address begins with wss://');
      this.url.focus();
      return;
    }
    this.onSubmit({ login, password: this.password.value, url: url || this.defaultUrl, studio: this.studio.checked });
  }
}
