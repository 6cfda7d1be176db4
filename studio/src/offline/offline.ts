// The page's side of its service worker.

/** Time until the page goes on without it, in milliseconds. */
const PATIENCE = 10_000;
const TRIED = 'anyrate-studio isolated';

/** Has the service worker answer for this page from now on, so that it opens without a net. @returns whether it does */
export async function keepOffline(): Promise<boolean> {
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined) return false;
  const taken = new Promise<boolean>((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true });
    setTimeout(() => resolve(serviceWorker.controller !== null), PATIENCE);
  });
  try {
    await serviceWorker.register('service-worker.js');
  } catch {
    return false; // browsers forbid it in some windows: everything else works
  }
  return serviceWorker.controller !== null || taken;
}

/**
 * Where the host sends no headers that isolate the page, loads it once more by the service worker, which adds them.
 * @returns whether the page is about to be loaded again
 */
export async function isolatePage(): Promise<boolean> {
  if (crossOriginIsolated || !isSecureContext || sessionStorage.getItem(TRIED) !== null) return false;
  sessionStorage.setItem(TRIED, 'once');
  if (!(await keepOffline())) return false;
  location.reload();
  return true;
}
