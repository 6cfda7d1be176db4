import type { Happening } from '../action.js';

/** Something that takes out of the page what was recognised. */
export interface Output {
  /** @throws Error in words for people */
  send(happening: Happening): void | Promise<void>;
  close(): void;
}

/**
 * Opens an output. Those of devices ask which one: they are opened by a press of a button.
 * @param target of the action
 * @param onLost the device is gone
 * @throws Error in words for people
 */
export type OpenOutput = (target: string, onLost: () => void) => Output | Promise<Output>;

/** What a person can mend; `message` is a key of the texts. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}
