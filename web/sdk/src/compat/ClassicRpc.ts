import { VertoError } from '../errors.ts';
import type { ClassicVerto } from './ClassicVerto.ts';
import type { Params } from './types.ts';

type Heard = (result: unknown) => void;

/** What pages use of `verto.rpcClient`. */
export class ClassicRpc {
  constructor(private readonly verto: ClassicVerto) {}

  /** Any request; an error is `{code, message}`. */
  call(method: string, params: Params = {}, success?: Heard, failure?: Heard): void {
    this.verto.command(method, params).then(
      (result) => success?.(result),
      (error: unknown) => {
        const trouble = error instanceof VertoError ? error.trouble : undefined;
        failure?.(trouble?.kind === 'refused' ? { code: trouble.code, message: trouble.message } : { message: String(error) });
      },
    );
  }

  socketReady(): boolean {
    return this.verto.live !== undefined;
  }

  loginData(params: { login?: string; passwd?: string }): void {
    this.verto.loginData(params);
  }

  closeSocket(): void {
    this.verto.logout();
  }

  /** Tells `callback(event, {upKPS, downKPS, upDur, downDur})`: kbit/s, and milliseconds that so many bytes take. */
  speedTest(bytes: number, callback: (event: null, speed: { upKPS: number; downKPS: number; upDur: number; downDur: number }) => void): void {
    const duration = (kilobits: number): number => (kilobits > 0 ? Math.round((bytes * 8) / kilobits) : 0);
    this.verto.live?.speedTest(bytes).then(
      ({ up, down }) => callback(null, { upKPS: up, downKPS: down, upDur: duration(up), downDur: duration(down) }),
      (error: unknown) => this.verto.page.say(String(error)),
    );
  }
}
