import type { Detection, Subject } from './detector.js';

/** What the page asks of the detector's worker. */
export interface DetectorCalls {
  readonly init: {
    readonly in: { readonly subject: Subject; readonly base: string };
    readonly event: never;
    readonly out: undefined;
  };
  readonly detect: {
    readonly in: { readonly picture: ImageBitmap; readonly seconds: number };
    readonly event: never;
    readonly out: Detection;
  };
}
