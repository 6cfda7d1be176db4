// Answers for the studio's files: out of the net and, without one, as they were; with the headers that threads need, where
// the host sends none. It asks nobody but the host that it is from.

/** Files of the page, and a name of all that was built; put in by the build. */
declare const FILES: readonly string[];
declare const BUILD: string;

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Scope extends EventTarget {
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
const scope = self as unknown as Scope;

const PREFIX = 'anyrate-studio ';
const CACHE = PREFIX + BUILD;

/** With these on every answer, a page is cross-origin isolated. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What is large and never changes in a build: kept once it was asked for. */
const LARGE = /^(models|vision)\//;

on<ExtendableEvent>('install', (event) => event.waitUntil(keepPage()));
on<ExtendableEvent>('activate', (event) => event.waitUntil(takeOver()));
on<FetchEvent>('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && url.startsWith(scope.registration.scope)) event.respondWith(answer(event.request));
});

function on<E extends Event>(name: string, act: (event: E) => void): void {
  scope.addEventListener(name, (event) => act(event as E));
}

async function keepPage(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  await scope.skipWaiting();
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const former = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(former.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const path = request.url.slice(scope.registration.scope.length);
  const kept = () => caches.match(request, { cacheName: CACHE, ignoreSearch: true, ignoreVary: true });
  const isLarge = LARGE.test(path);
  if (isLarge) {
    const known = await kept();
    if (known !== undefined) return isolated(known);
  }
  try {
    const response = await fetch(request);
    if (isLarge && response.status === 200) await (await caches.open(CACHE)).put(request, response.clone());
    return isolated(response);
  } catch (error) {
    const known = await kept();
    if (known === undefined) throw error;
    return isolated(known);
  }
}

function isolated(response: Response): Response {
  if (response.headers.has('Cross-Origin-Embedder-Policy') || response.type === 'opaqueredirect') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
