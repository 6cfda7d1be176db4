import type { OpenOutput } from './output.js';

/** Channel on which keys are told to other pages of this host: a page's keys reach no other program. */
const KEY_CHANNEL = 'anyrate-keys';

/** Presses a key in this page, wherever the focus is, and tells other pages of this host. */
export const openOutput: OpenOutput = (target) => {
  const key = keyOf(target);
  const channel = new BroadcastChannel(KEY_CHANNEL);
  return {
    send() {
      const place = document.activeElement ?? document.body;
      for (const type of ['keydown', 'keyup']) {
        place.dispatchEvent(new KeyboardEvent(type, { ...key, bubbles: true, cancelable: true }));
        channel.postMessage({ type, ...key });
      }
    },
    close: () => channel.close(),
  };
};

/** A key by its name or its letter: `ArrowRight`, `a`, `Space`. */
export function keyOf(target: string): { readonly key: string; readonly code: string } {
  const key = target === 'Space' ? ' ' : target;
  if (key === ' ') return { key, code: 'Space' };
  if (/^[a-z]$/i.test(key)) return { key, code: `Key${key.toUpperCase()}` };
  return { key, code: /^\d$/.test(key) ? `Digit${key}` : key };
}
