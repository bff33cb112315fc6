import { fill, type Dictionary, ENGLISH, type Key } from '../words/words.ts';
import type { Settings } from './Settings.ts';

/** Notifications of the system, for what happens while nobody looks at the page. */
export class Alerts {
  /** In the language that is chosen. */
  words: Dictionary = ENGLISH;
  private readonly shown = new Map<string, Notification>();

  /** Those that the service worker shows, by their tags. */
  private readonly byWorker = new Set<string>();

  constructor(private readonly settings: Settings) {}

  get permission(): NotificationPermission {
    return 'Notification' in globalThis ? Notification.permission : 'denied';
  }

  /** Tells when somebody allows or blocks them in the browser itself, until the function that is given back is called. */
  watch(changed: (permission: NotificationPermission) => void): () => void {
    const end = new AbortController();
    const { permissions } = navigator as { permissions?: Permissions };
    permissions?.query({ name: 'notifications' }).then(
      (status) => end.signal.aborted || status.addEventListener('change', () => changed(this.permission), { signal: end.signal }),
      () => undefined,
    );
    return () => end.abort();
  }

  async ask(): Promise<NotificationPermission> {
    return 'Notification' in globalThis ? Notification.requestPermission() : 'denied';
  }

  /** @param tag a later one with the same tag takes its place */
  show(tag: string, key: Key, who: string, body: string): void {
    if (!document.hidden || this.permission !== 'granted' || !this.settings.get().notifications) return;
    try {
      const title = fill(this.words[key], { who });
      const notification = new Notification(title, { body: body.slice(0, 200), tag, icon: './icon-192.png', requireInteraction: tag.startsWith('call') });
      notification.onclick = () => {
        window.focus();
        notification.close();
      };
      this.shown.set(tag, notification);
    } catch {
      // Some phones show notifications by a service worker alone.
      this.byWorker.add(tag);
      void navigator.serviceWorker?.ready.then((worker) =>
        this.byWorker.has(tag) ? worker.showNotification(fill(this.words[key], { who }), { body: body.slice(0, 200), tag, icon: './icon-192.png' }) : undefined,
      );
    }
  }

  take(tag: string): void {
    this.shown.get(tag)?.close();
    this.shown.delete(tag);
    if (!this.byWorker.delete(tag)) return;
    void navigator.serviceWorker?.ready
      .then((worker) => worker.getNotifications({ tag }))
      .then((notifications) => notifications.forEach((notification) => notification.close()));
  }
}
