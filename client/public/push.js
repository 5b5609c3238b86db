// Runs in the service worker: shows what was pushed, and opens the app where there is more to it.
self.addEventListener('push', (event) => {
  if (event.data === null) return;
  const { id, title, body, language, path } = event.data.json();
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      lang: language,
      // What comes twice is shown once.
      tag: id,
      data: { path },
      icon: '/icon-192.png',
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.path, self.location.origin)));
});

async function open({ href, origin }) {
  // Whatever a message says, it leads nowhere else.
  if (origin !== self.location.origin) return null;
  const [shown] = await self.clients.matchAll({ type: 'window' });
  if (shown === undefined) return self.clients.openWindow(href);
  await shown.focus();
  return shown.navigate(href);
}
