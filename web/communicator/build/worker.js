// Keeps the page for times without a network. With one the server is always asked first for everything whose name does not tell its
// content, so that nothing old is ever shown after an update.

const BUILD = 'BUILD';
const FILES = ['FILES'];
const CACHE = `jverto-${BUILD}`;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('jverto-') && name !== CACHE;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.endsWith('/config.json')) return;
  const within = url.pathname.slice(new URL(self.registration.scope).pathname.length);
  if (within.startsWith('assets/')) event.respondWith(keptFirst(request));
  else if (request.mode === 'navigate' && within === '') event.respondWith(serverFirst(request));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: 'window' }).then(([first]) => (first ? first.focus() : self.clients.openWindow('./'))));
});

// The name of such a file tells its content: what is kept is right.
async function keptFirst(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await (await caches.open(CACHE)).put(request, fresh.clone());
  return fresh;
}

async function serverFirst(request) {
  try {
    return await fetch(request);
  } catch (failure) {
    const kept = await caches.match('./');
    if (kept) return kept;
    throw failure;
  }
}
