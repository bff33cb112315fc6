import { Store } from './model/Store.ts';

/** Whether the server has a newer page than the one that is shown. */
export class Updates extends Store<{ readonly ready: boolean }> {
  constructor() {
    super({ ready: false });
  }

  tell(): void {
    this.set({ ready: true });
  }
}

export const updates = new Updates();

/** How often a page that stays open asks for a newer one. */
const ASK_MS = 30 * 60_000;

/** Installs the service worker, which keeps the page for times without a network, and says when there is a newer page. */
export function followUpdates(): void {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (serviceWorker === undefined || import.meta.env.DEV) return;
  // The very first worker takes over the page that it came with.
  let isFirst = serviceWorker.controller === null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (!isFirst) updates.tell();
    isFirst = false;
  });
  serviceWorker
    .register('./worker.js')
    .then((registration) => window.setInterval(() => void registration.update().catch(() => undefined), ASK_MS))
    // A certificate that was only accepted by hand is not enough for workers: the page works without.
    .catch(() => undefined);
}
