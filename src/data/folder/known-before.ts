import { optionsOf } from '../../core/arguments.js';
import type { Description } from './description.js';

/** What is known of the recordings of a folder beforehand; what the folder says of itself comes first. */
export interface KnownBefore extends Pick<Description, 'layout' | 'persons'> {
  /** The class of recordings that nothing gives one: with it, a folder of one class is a data set too. */
  readonly class?: string;
}

export const anyKnownBefore = /* @__PURE__ */ optionsOf<KnownBefore>({ layout: true, persons: true, class: true });
