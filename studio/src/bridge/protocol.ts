// What goes between the page and a worker: a call with its number, then events of it, then one answer.
// An AbortSignal of the page is a message to the worker, where a handler sees an AbortSignal again.

/** A call that a worker answers: what goes in, what events come on the way, and what comes out. */
export interface Call {
  readonly in: unknown;
  readonly event: unknown;
  readonly out: unknown;
}

/** Calls by their names. */
export type Calls<C> = { readonly [K in keyof C]: Call };

/** A fault as it crosses: messages of `InputError` are for people, others are faults of the program. */
export interface Fault {
  readonly name: string;
  readonly message: string;
}

export type ToWorker =
  | { readonly id: number; readonly type: 'call'; readonly name: string; readonly input: unknown }
  | { readonly id: number; readonly type: 'abort' };

export type FromWorker =
  | { readonly id: number; readonly type: 'event'; readonly event: unknown }
  | { readonly id: number; readonly type: 'out'; readonly out: unknown }
  | { readonly id: number; readonly type: 'fault'; readonly fault: Fault };
