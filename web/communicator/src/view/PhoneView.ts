import type { CallState, Party, SessionState } from '@jverto/sdk';
import { duration, initials } from '../words.ts';
import { element, make, say } from './elements.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['1', ''],
  ['2', 'abc'],
  ['3', 'def'],
  ['4', 'ghi'],
  ['5', 'jkl'],
  ['6', 'mno'],
  ['7', 'pqrs'],
  ['8', 'tuv'],
  ['9', 'wxyz'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
];

/** Numbers of the default dialplan that need nobody else. */
const SUGGESTIONS: readonly (readonly [string, string])[] = [
  ['9196', 'Hear yourself'],
  ['9664', 'Listen to music'],
  ['3000', 'Meet in a room'],
];

export interface RecentCall {
  readonly number: string;
  readonly name: string;
  readonly incoming: boolean;
  readonly outcome: string;
}

/** Dial pad and call: shows what it is told, and tells what is pressed. */
export class PhoneView {
  private readonly view = element('phone-view', HTMLElement);
  private readonly number = element('dial-number', HTMLInputElement);
  private readonly erase = element('erase', HTMLButtonElement);
  private readonly callButton = element('call-button', HTMLButtonElement);
  private readonly mute = element('mute', HTMLButtonElement);
  private readonly hold = element('hold', HTMLButtonElement);
  private readonly transferButton = element('transfer', HTMLButtonElement);
  private readonly keysButton = element('keys-button', HTMLButtonElement);
  private readonly answer = element('answer', HTMLButtonElement);
  private readonly hangUp = element('hang-up', HTMLButtonElement);
  private readonly digits = element('talk-digits', HTMLElement);
  private inCall = false;
  /** The number on the pad is where the other side shall be sent. */
  private transferring = false;

  onDial: (number: string) => void = () => undefined;
  onDigit: (digit: string) => void = () => undefined;
  onAnswer: () => void = () => undefined;
  onHangUp: () => void = () => undefined;
  onMute: () => void = () => undefined;
  onHold: () => void = () => undefined;
  onTransfer: (number: string) => void = () => undefined;
  onSignOut: () => void = () => undefined;

  constructor() {
    this.makeKeys();
    this.makeSuggestions();
    this.number.addEventListener('input', () => this.refresh());
    this.erase.addEventListener('click', () => {
      this.number.value = this.number.value.slice(0, -1);
      this.refresh();
      this.focusNumber();
    });
    element('dial-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      const number = this.number.value.trim();
      if (number === '') return;
      if (this.transferring) this.send(number);
      else if (!this.inCall) this.onDial(number);
    });
    this.answer.addEventListener('click', () => this.onAnswer());
    this.hangUp.addEventListener('click', () => this.onHangUp());
    this.mute.addEventListener('click', () => this.onMute());
    this.hold.addEventListener('click', () => this.onHold());
    this.transferButton.addEventListener('click', () => this.askForNumber(!this.transferring));
    this.keysButton.addEventListener('click', () => this.showKeys(this.view.dataset['keys'] !== 'shown'));
    element('sign-out', HTMLButtonElement).addEventListener('click', () => this.onSignOut());
    document.addEventListener('keydown', (event) => this.onKeyDown(event));
  }

  show(shown: boolean): void {
    this.view.hidden = !shown;
    element('account', HTMLElement).hidden = !shown;
    if (shown) this.focusNumber();
  }

  presence(state: SessionState['name'], text: string): void {
    element('presence', HTMLElement).dataset['state'] = state;
    element('presence-text', HTMLElement).textContent = text;
  }

  /** The stage without a call. */
  idle(login: string, outcome: string, trouble: string, recent: readonly RecentCall[]): void {
    this.inCall = false;
    this.view.dataset['call'] = 'none';
    this.showKeys(false);
    this.askForNumber(false);
    element('idle-title', HTMLElement).textContent = outcome === '' ? 'Ready for calls' : outcome;
    element('idle-lead', HTMLElement).textContent = `Others reach you at ${login}.`;
    say(element('idle-trouble', HTMLElement), trouble);
    this.showRecent(recent);
    this.number.placeholder = 'Number';
    this.number.readOnly = false;
    this.number.value = '';
    this.refresh();
    if (!this.view.hidden) this.focusNumber();
  }

  /** What went wrong in the call, which goes on. */
  trouble(text: string): void {
    say(element('talk-trouble', HTMLElement), text);
  }

  /** The stage with a call. */
  call(state: CallState, words: string, party: Party, incoming: boolean): void {
    const fresh = !this.inCall;
    this.inCall = true;
    const ringing = incoming && state === 'ringing';
    this.view.dataset['call'] = ringing ? 'incoming' : state === 'active' ? 'active' : 'waiting';
    element('talk-state', HTMLElement).textContent = words;
    this.party(party);
    element('hang-up-text', HTMLElement).textContent = ringing ? 'Decline' : state === 'active' ? 'Hang up' : 'Cancel';
    if (state !== 'active') this.askForNumber(false);
    if (fresh) {
      this.digits.textContent = '';
      this.number.value = '';
      this.number.readOnly = true;
      this.number.placeholder = '';
      this.seconds(undefined);
      this.muted(false);
      this.trouble('');
      (ringing ? this.answer : this.hangUp).focus();
    }
    this.refresh();
  }

  party(party: Party): void {
    const name = party.name === '' ? party.number : party.name;
    element('talk-avatar', HTMLElement).textContent = initials(party.name, party.number);
    element('talk-name', HTMLElement).textContent = name;
    element('talk-number', HTMLElement).textContent = name === party.number ? '' : party.number;
  }

  seconds(seconds: number | undefined): void {
    element('talk-time', HTMLElement).textContent = seconds === undefined ? '' : duration(seconds);
  }

  muted(muted: boolean): void {
    this.mute.setAttribute('aria-pressed', String(muted));
    element('mute-text', HTMLElement).textContent = muted ? 'Muted' : 'Mute';
  }

  held(held: boolean): void {
    this.hold.setAttribute('aria-pressed', String(held));
    element('hold-text', HTMLElement).textContent = held ? 'On hold' : 'Hold';
  }

  /** The pad takes a number to send the other side to. */
  private askForNumber(asked: boolean): void {
    if (this.transferring === asked) return;
    this.transferring = asked;
    this.view.dataset['transfer'] = asked ? 'shown' : 'hidden';
    this.transferButton.setAttribute('aria-pressed', String(asked));
    this.callButton.textContent = asked ? 'Transfer' : 'Call';
    this.number.placeholder = asked ? 'Send to' : '';
    this.number.readOnly = !asked;
    this.number.value = '';
    this.trouble('');
    this.refresh();
    if (!asked) return;
    this.showKeys(false);
    this.focusNumber();
  }

  private send(number: string): void {
    this.askForNumber(false);
    this.onTransfer(number);
  }

  /** Not on touch screens, where it would bring up a keyboard over our own keys. */
  private focusNumber(): void {
    if (window.matchMedia('(pointer: fine)').matches) this.number.focus();
  }

  private press(digit: string): void {
    if (this.inCall && !this.transferring) {
      this.digits.textContent = ((this.digits.textContent ?? '') + digit).slice(-24);
      this.onDigit(digit);
    } else {
      this.number.value += digit;
      this.refresh();
    }
  }

  private onKeyDown(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement && !event.target.readOnly;
    if (event.key === 'Escape') this.askForNumber(false);
    if (!this.inCall || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9*#]$/.test(event.key) && this.view.dataset['call'] !== 'incoming') {
      event.preventDefault();
      this.press(event.key);
    }
  }

  private showKeys(shown: boolean): void {
    this.view.dataset['keys'] = shown ? 'shown' : 'hidden';
    this.keysButton.setAttribute('aria-pressed', String(shown));
  }

  private refresh(): void {
    const empty = this.number.value.trim() === '';
    const busy = this.inCall && !this.transferring;
    this.erase.hidden = empty || busy;
    this.callButton.disabled = empty || busy;
  }

  private makeKeys(): void {
    const keys = KEYS.map(([digit, letters]) => {
      const key = make('button', 'key');
      key.type = 'button';
      key.dataset['digit'] = digit;
      key.append(make('span', 'digit', digit), make('span', 'letters', letters));
      key.setAttribute('aria-label', digit === '*' ? 'star' : digit === '#' ? 'hash' : digit);
      key.addEventListener('click', () => this.press(digit));
      return key;
    });
    element('keys', HTMLElement).replaceChildren(...keys);
  }

  private makeSuggestions(): void {
    const items = SUGGESTIONS.map(([number, text]) => this.item(number, number, text, ''));
    element('suggestions', HTMLElement).replaceChildren(...items);
  }

  private showRecent(recent: readonly RecentCall[]): void {
    element('recent-part', HTMLElement).hidden = recent.length === 0;
    const items = recent.map((call) =>
      this.item(call.number, call.name === '' ? call.number : call.name, call.outcome, call.incoming ? 'in' : 'out'),
    );
    element('recent', HTMLElement).replaceChildren(...items);
  }

  private item(number: string, title: string, text: string, direction: string): HTMLLIElement {
    const button = make('button', 'entry');
    button.type = 'button';
    button.dataset['direction'] = direction;
    button.append(make('span', 'entry-title', title), make('span', 'entry-text', text));
    button.addEventListener('click', () => this.onDial(number));
    const item = make('li', '');
    item.append(button);
    return item;
  }
}
