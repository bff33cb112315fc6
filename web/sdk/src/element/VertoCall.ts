import { advise } from '../advice.ts';
import type { Call } from '../call/Call.ts';
import { type Trouble, VertoError } from '../errors.ts';
import { Devices } from '../media/Devices.ts';
import { cameraOf } from '../media/microphone.ts';
import type { PictureWish } from '../media/PictureMedia.ts';
import { Speaker } from '../media/Speaker.ts';
import { Session } from '../session/Session.ts';

/** How far the element is, also as its attribute `state`, for styles: `verto-call[state=active] { ... }`. */
export type VertoCallState = 'idle' | 'connecting' | 'calling' | 'ringing' | 'active' | 'held' | 'failed';

/** What `<verto-call>` tells by the event `verto-state`. */
export interface VertoCallDetail {
  readonly state: VertoCallState;
  readonly call: Call | undefined;
  readonly trouble: Trouble | undefined;
}

const STYLE = `
:host { display: inline-flex; align-items: center; gap: .5em; font: inherit; }
:host([hidden]) { display: none; }
:host([video]) { flex-wrap: wrap; }
.pictures { position: relative; flex: 1 0 100%; min-width: 16em; aspect-ratio: 16 / 9; border-radius: .6em; overflow: hidden; background: #111; }
video { display: block; width: 100%; height: 100%; object-fit: contain; }
video[part=own] { position: absolute; inset: auto .6em .6em auto; width: 24%; height: auto; border-radius: .4em; object-fit: cover; box-shadow: 0 0 0 1px #fff6; }
video[part=own].alone { position: static; width: 100%; height: 100%; border-radius: 0; box-shadow: none; }
video[part=own].mirrored { transform: scaleX(-1); }
select { font: inherit; max-width: 12em; padding: .4em; border-radius: .4em; border: 1px solid currentColor; background: none; color: inherit; }
button { font: inherit; padding: .4em .9em; border-radius: .4em; border: 1px solid currentColor; background: none; color: inherit; cursor: pointer; }
button:focus-visible, select:focus-visible { outline: 2px solid; outline-offset: 2px; }
[hidden] { display: none; }
`;

const WORDS: Readonly<Record<VertoCallState, string>> = {
  idle: '',
  connecting: 'Connecting',
  calling: 'Calling',
  ringing: 'Incoming call',
  active: 'Connected',
  held: 'On hold',
  failed: '',
};

// Where there is no page, for instance as a server draws one, this file can be imported all the same.
const Base = (globalThis as { HTMLElement?: typeof HTMLElement }).HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * `<verto-call url="wss://pbx.example" login="1000" number="9196">Call us</verto-call>`: a button that calls a number, takes calls with
 * `receive`, and says how far it is. The password comes by the property `password`, so that it stands in no page; it may be a function.
 * With `video` both sides are seen, and there are a button for the camera and a choice of it where there are several; `video="receive"` shows the other side alone.
 *
 * Attributes: `url` (this page's server without it), `login`, `number`, `caller-name`, `receive` (stays logged in and rings), `stereo`, `video`. Properties: `password`, `session`
 * (one that is there already, instead of `url` and `login`). Events: `verto-state`. Parts for styles: `call`, `answer`, `mute`, `camera`, `choice`, `hangup`, `status`,
 * `pictures`, `theirs`, `own`.
 */
export class VertoCall extends Base {
  static readonly observedAttributes = ['receive'];

  /** What the session asks for at each login. */
  password: string | (() => string | Promise<string>) = '';

  private given: Session | undefined;
  private own: Session | undefined;
  private current: VertoCallState = 'idle';
  private call: Call | undefined;
  private trouble: Trouble | undefined;
  /** Why one is not seen. */
  private dark: Trouble | undefined;
  private speaker: Speaker | undefined;
  private parts: Parts | undefined;
  private devices: Devices | undefined;
  /** The camera that was chosen; of the system's choice without. */
  private camera: string | undefined;
  private unhear: (() => void)[] = [];

  /** How far it is. */
  get state(): VertoCallState {
    return this.current;
  }

  /** A session that is there already. */
  get session(): Session | undefined {
    return this.given ?? this.own;
  }

  set session(session: Session | undefined) {
    this.given = session;
    this.leave();
    this.own = undefined;
    if (session !== undefined && this.isConnected) this.listen(session);
  }

  connectedCallback(): void {
    this.parts ??= this.draw();
    this.show();
    if (this.given !== undefined) this.listen(this.given);
    else if (this.hasAttribute('receive')) void this.connect();
  }

  /** Taken out of the page: the call ends, and a session that this element made. */
  disconnectedCallback(): void {
    void this.call?.hangUp();
    this.leave();
    void this.own?.close();
    this.own = undefined;
    this.speaker?.close();
    this.speaker = undefined;
    this.devices?.close();
    this.devices = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected && this.hasAttribute('receive') && this.session === undefined) void this.connect();
  }

  /** Calls a number, or that of the attribute. Does not reject: what goes wrong is the state `failed`. */
  async dial(number = this.getAttribute('number') ?? ''): Promise<void> {
    if (this.call !== undefined) return;
    const session = await this.connect();
    if (session === undefined || this.call !== undefined) return;
    try {
      this.follow(session.dial(number, { stereo: this.hasAttribute('stereo'), video: this.wish() }));
      this.become('calling');
    } catch (error) {
      this.fail(error);
    }
  }

  async answer(): Promise<void> {
    const { call } = this;
    await call?.answer(call.offersPicture ? { video: this.wish() } : {});
  }

  async hangUp(): Promise<void> {
    await this.call?.hangUp();
  }

  /** The session, logged in; undefined when that failed, which is then shown. */
  private async connect(): Promise<Session | undefined> {
    if (this.given !== undefined) return this.given;
    if (this.own?.state.name === 'ready') return this.own;
    if (this.own !== undefined && this.own.state.name !== 'closed') return undefined;
    this.become('connecting');
    const session = new Session({
      url: this.getAttribute('url') ?? `wss://${location.host}`,
      login: this.getAttribute('login') ?? '',
      password: this.password,
      ...(this.hasAttribute('caller-name') ? { callerName: this.getAttribute('caller-name') ?? '' } : {}),
    });
    this.own = session;
    this.listen(session);
    try {
      await session.open();
      this.become('idle');
      return session;
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  private listen(session: Session): void {
    this.unhear.push(
      session.on('incoming', (call) => {
        if (!this.hasAttribute('receive')) return;
        if (this.call !== undefined) {
          void call.reject('USER_BUSY');
          return;
        }
        this.follow(call);
        this.become('ringing');
      }),
      session.on('state', (state) => {
        if (state.name === 'closed' && state.trouble.kind !== 'closed') this.fail(new VertoError(state.trouble));
      }),
    );
  }

  private leave(): void {
    for (const end of this.unhear.splice(0)) end();
  }

  private follow(call: Call): void {
    this.call = call;
    this.trouble = undefined;
    this.dark = undefined;
    this.speaker ??= new Speaker();
    call.on('sound', (stream) => void this.speaker?.play(stream));
    call.on('state', (state) => {
      if (state === 'active') this.become(call.held ? 'held' : 'active');
    });
    call.on('held', (held) => this.become(held ? 'held' : 'active'));
    call.on('muted', () => this.show());
    call.on('picture', () => this.show());
    call.on('cameraMuted', () => this.show());
    call.on('sharing', () => this.show());
    call.on('camera', (news) => {
      // The call goes on without one's picture; that it does is said until there is one.
      this.dark = news.kind === 'lost' ? news.trouble : undefined;
      if (news.kind === 'on') void this.listCameras();
      this.show();
    });
    call.on('ended', ({ trouble }) => {
      this.call = undefined;
      void this.speaker?.play(undefined);
      if (trouble === undefined) this.become('idle');
      else this.fail(new VertoError(trouble));
    });
  }

  /** What a call of this element shows, and takes. */
  private wish(): PictureWish {
    if (!this.hasAttribute('video')) return false;
    return this.getAttribute('video') === 'receive' ? 'receive' : this.camera === undefined ? true : cameraOf(this.camera);
  }

  /** Black and seen again; a camera that is not there yet is opened. */
  private async toggleCamera(): Promise<void> {
    const { call } = this;
    if (call === undefined) return;
    if (call.cameraOn) {
      call.setCameraMuted(!call.cameraMuted);
      return;
    }
    await this.attempt(() => call.startCamera(this.camera === undefined ? true : cameraOf(this.camera)));
  }

  private async chooseCamera(id: string): Promise<void> {
    const { call } = this;
    this.camera = id;
    if (call?.cameraOn === true) await this.attempt(() => call.useCamera(cameraOf(id)));
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.dark = troubleOf(error);
      this.show();
    }
  }

  private async listCameras(): Promise<void> {
    if (this.devices === undefined) {
      this.devices = new Devices(this.session?.browser);
      this.devices.on('changed', () => this.show());
    }
    await this.devices.refresh().catch(() => undefined);
    this.show();
  }

  private fail(error: unknown): void {
    this.trouble = troubleOf(error);
    this.become('failed');
  }

  private become(state: VertoCallState): void {
    this.current = state;
    if (state !== 'failed') this.trouble = undefined;
    this.setAttribute('state', state);
    this.show();
    const detail: VertoCallDetail = { state, call: this.call, trouble: this.trouble };
    this.dispatchEvent(new CustomEvent('verto-state', { detail, bubbles: true, composed: true }));
  }

  private draw(): Parts {
    const root = this.attachShadow({ mode: 'open' });
    // A sheet and no style element: pages whose policy forbids inline styles allow it.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const pictures = document.createElement('div');
    pictures.className = 'pictures';
    pictures.setAttribute('part', 'pictures');
    pictures.append(video('theirs', 'Picture of the other side'), video('own', 'Your own picture'));
    root.append(pictures);
    const button = (part: string, run: () => void): HTMLButtonElement => {
      const made = document.createElement('button');
      made.type = 'button';
      made.setAttribute('part', part);
      made.addEventListener('click', run);
      root.append(made);
      return made;
    };
    const call = button('call', () => void this.dial());
    const slot = document.createElement('slot');
    slot.textContent = 'Call';
    call.append(slot);
    const answer = button('answer', () => void this.answer());
    answer.textContent = 'Answer';
    const mute = button('mute', () => this.call?.setMuted(!this.call.muted));
    mute.textContent = 'Mute';
    const camera = button('camera', () => void this.toggleCamera());
    camera.textContent = 'Camera';
    const choice = document.createElement('select');
    choice.setAttribute('part', 'choice');
    choice.setAttribute('aria-label', 'Which camera');
    choice.addEventListener('change', () => void this.chooseCamera(choice.value));
    root.append(choice);
    const hangUp = button('hangup', () => void this.hangUp());
    const status = document.createElement('span');
    status.setAttribute('part', 'status');
    status.setAttribute('role', 'status');
    root.append(status);
    const [theirs, own] = pictures.querySelectorAll('video') as unknown as [HTMLVideoElement, HTMLVideoElement];
    return { call, answer, mute, camera, choice, hangUp, status, pictures, theirs, own };
  }

  private show(): void {
    const { parts, current } = this;
    if (parts === undefined) return;
    const busy = this.call !== undefined;
    parts.call.hidden = busy;
    parts.call.disabled = current === 'connecting' || (this.hasAttribute('receive') && !this.hasAttribute('number'));
    parts.answer.hidden = current !== 'ringing';
    parts.mute.hidden = current !== 'active' && current !== 'held';
    parts.mute.setAttribute('aria-pressed', String(this.call?.muted ?? false));
    parts.hangUp.hidden = !busy;
    parts.hangUp.textContent = current === 'ringing' ? 'Decline' : 'Hang up';
    parts.status.textContent = this.words();
    this.showPictures(parts);
  }

  private showPictures({ mute, camera, choice, pictures, theirs, own }: Parts): void {
    const { call } = this;
    const pictured = call !== undefined && this.hasAttribute('video');
    const ownPicture = pictured ? call.ownPicture : undefined;
    const theirPicture = pictured ? call.picture : undefined;
    play(theirs, theirPicture);
    play(own, ownPicture);
    pictures.hidden = ownPicture === undefined && theirPicture === undefined;
    own.classList.toggle('alone', theirPicture === undefined);
    own.classList.toggle('mirrored', call?.sharing !== true);
    camera.hidden = !pictured || mute.hidden || this.getAttribute('video') === 'receive';
    camera.setAttribute('aria-pressed', String(call?.cameraOn === true && !call.cameraMuted));
    const cameras = this.devices?.cameras ?? [];
    choice.hidden = camera.hidden || cameras.length < 2;
    if (cameras.length !== choice.options.length || cameras.some(({ id, name }, at) => choice.options[at]?.value !== id || choice.options[at]?.text !== name)) {
      choice.replaceChildren(...cameras.map(({ id, name }) => Object.assign(document.createElement('option'), { value: id, textContent: name })));
    }
    const used = ownPicture?.getVideoTracks()[0]?.getSettings().deviceId ?? this.camera;
    if (used !== undefined && cameras.some(({ id }) => id === used)) choice.value = used;
  }

  private words(): string {
    const trouble = this.trouble ?? (this.call === undefined || this.current === 'ringing' ? undefined : this.dark);
    if (trouble !== undefined) {
      const { what, todo } = advise(trouble);
      return `${what} ${todo}`.trim();
    }
    const party = this.current === 'ringing' ? this.call?.party : undefined;
    return party === undefined ? WORDS[this.current] : `${WORDS.ringing}: ${party.name || party.number}`;
  }
}

function video(part: string, label: string): HTMLVideoElement {
  const made = document.createElement('video');
  made.setAttribute('part', part);
  made.setAttribute('aria-label', label);
  // Its sound comes by the speaker.
  made.muted = true;
  made.autoplay = true;
  made.playsInline = true;
  return made;
}

function play(element: HTMLVideoElement, stream: MediaStream | undefined): void {
  element.hidden = stream === undefined;
  if (element.srcObject !== (stream ?? null)) element.srcObject = stream ?? null;
}

const troubleOf = (error: unknown): Trouble => (error instanceof VertoError ? error.trouble : { kind: 'media-failed', message: String(error) });

interface Parts {
  readonly call: HTMLButtonElement;
  readonly answer: HTMLButtonElement;
  readonly mute: HTMLButtonElement;
  readonly camera: HTMLButtonElement;
  readonly choice: HTMLSelectElement;
  readonly hangUp: HTMLButtonElement;
  readonly status: HTMLElement;
  readonly pictures: HTMLElement;
  readonly theirs: HTMLVideoElement;
  readonly own: HTMLVideoElement;
}
