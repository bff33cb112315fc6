import type { ChannelEvent } from '../wire/messages.ts';
import { text } from '../wire/values.ts';

/** Voice messages that wait for somebody (verto-extensions.md). */
export interface VoiceMessages {
  /** `user@domain` */
  readonly account: string;
  readonly fresh: number;
  readonly saved: number;
  readonly freshUrgent: number;
  readonly savedUrgent: number;
}

/** Reads an event of a `voicemail` channel; undefined when it is another one. */
export function voiceMessages({ channel, data }: ChannelEvent): VoiceMessages | undefined {
  const counts = /^(\d+)\/(\d+)(?: \((\d+)\/(\d+)\))?/.exec(text(data['MWI-Voice-Message']) ?? '');
  if (counts === null) return undefined;
  const [fresh = 0, saved = 0, freshUrgent = 0, savedUrgent = 0] = counts.slice(1).map((digits) => Number(digits ?? 0));
  return { account: text(data['MWI-Message-Account']) ?? channel.slice('voicemail.'.length), fresh, saved, freshUrgent, savedUrgent };
}
