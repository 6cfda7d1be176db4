import type { OpenOutput } from './output.js';

/** Tells other pages and workers of this host, on a BroadcastChannel of that name. */
export const openOutput: OpenOutput = (target) => {
  const channel = new BroadcastChannel(target);
  return { send: (happening) => channel.postMessage(happening), close: () => channel.close() };
};
