import { VertoError } from '../errors.ts';
import { PathGuard } from '../media/PathGuard.ts';
import type { PeerMedia } from '../media/PeerMedia.ts';
import type { ClientRequest, DialogParams, Result, TrickledCandidate } from '../wire/messages.ts';
import type { CallPort } from './Call.ts';
import { CandidateQueue } from './CandidateQueue.ts';

const UNKNOWN_METHOD = -32601;

/** What the exchange of a call's media needs to know of the call. */
export interface ExchangeOwner {
  dialogParams(): DialogParams;
  /** The call goes on. */
  isUp(): boolean;
  /** The call is answered, and its connection there. */
  isActive(): boolean;
  /** The call waits for the server to offer its media anew. */
  isRecovering(): boolean;
  /** The path stays broken. */
  onPathBroken(): void;
}

/** Brings descriptions and candidates of one call to the server, and looks for another path when the one in use breaks. */
export class MediaExchange {
  private readonly candidates = new CandidateQueue((found) => this.trickle(found));
  private readonly path: PathGuard;
  private restarting: Promise<void> | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly port: CallPort,
    private readonly media: PeerMedia,
    private readonly owner: ExchangeOwner,
  ) {
    media.onCandidate = (candidate) => this.candidates.push(candidate);
    this.path = new PathGuard(port.browser, { mend: () => this.mend(), giveUp: () => owner.onPathBroken() });
    media.onPath = (state) => {
      if (this.mends()) this.path.onState(state);
    };
    media.pictures.owner = { renegotiate: () => this.renegotiate() };
    media.onFailure = () => {
      // What failed is of before, when the server offers another path.
      if (!this.path.busy && !owner.isRecovering()) owner.onPathBroken();
    };
  }

  /**
   * Makes a description and sends it. Where the server takes candidates by themselves that is at once, and they follow:
   * they may not overtake it.
   */
  async describe(
    make: (trickle: boolean) => Promise<string>,
    request: (sdp: string) => ClientRequest,
  ): Promise<Result> {
    this.candidates.hold();
    const sdp = await make(this.port.trickles());
    if (!this.owner.isUp()) return {};
    const reply = this.port.request(request(sdp));
    this.candidates.release();
    return reply;
  }

  /** Looks for another path; one at a time. */
  restartIce(): Promise<void> {
    this.restarting ??= this.offer((trickle) => this.media.restart(trickle)).finally(() => {
      this.restarting = undefined;
    });
    return this.restarting;
  }

  /** Tells the server what is sent and taken from now on. A call whose media come anew does so by that. */
  async renegotiate(): Promise<void> {
    if (this.owner.isActive()) await this.offer((trickle) => this.media.offerAgain(trickle));
  }

  onNetwork(): void {
    if (this.mends()) this.path.onNetwork();
  }

  /** The path is no longer wanted: the call is over, or the server will offer another. */
  leave(): void {
    this.path.stop();
  }

  private trickle(candidate: readonly TrickledCandidate[]): void {
    if (!this.owner.isUp()) return;
    const { callID } = this.owner.dialogParams();
    // A call that is over, or a connection that is lost, is told of elsewhere.
    this.port.request({ method: 'verto.candidate', params: { candidate, dialogParams: { callID } } }).catch(() => undefined);
  }

  /** One offer at a time. */
  private offer(make: (trickle: boolean) => Promise<string>): Promise<void> {
    const done = this.turn.then(() => this.exchange(make));
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async exchange(make: (trickle: boolean) => Promise<string>): Promise<void> {
    try {
      const { sdp } = await this.describe(
        make,
        (offer) => ({
          method: 'verto.modify',
          params: { action: 'updateMedia', sdp: offer, dialogParams: this.owner.dialogParams() },
        }),
      );
      if (!this.owner.isUp()) return;
      if (typeof sdp !== 'string') throw new VertoError({ kind: 'media-failed', message: 'the server gave no answer' });
      await this.media.acceptAnswer(sdp);
    } catch (error) {
      await this.media.takeBack().catch(() => undefined);
      throw error;
    }
  }

  private mends(): boolean {
    return this.owner.isActive() && this.port.trickles();
  }

  private async mend(): Promise<boolean> {
    if (!this.mends()) return true;
    try {
      await this.restartIce();
      return true;
    } catch (error) {
      const trouble = error instanceof VertoError ? error.trouble : undefined;
      return !(trouble?.kind === 'refused' && trouble.code === UNKNOWN_METHOD);
    }
  }
}
