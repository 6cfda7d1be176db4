// What shall happen when a movement is recognised. No DOM.

/** Where it goes. */
export const OUTPUTS = ['keyboard', 'channel', 'midi', 'serial', 'bluetooth', 'webhook'] as const;

export type OutputKind = (typeof OUTPUTS)[number];

/** At which moment: as soon as it is known, when it is over, each time that it was made once more. */
export const MOMENTS = ['start', 'end', 'repetition'] as const;

export type Moment = (typeof MOMENTS)[number];

/** One thing to do. */
export interface Action {
  readonly id: string;
  readonly output: OutputKind;
  /** Class that does it; empty for every class. */
  readonly label: string;
  readonly moment: Moment;
  /** A key, the name of a channel, a note, a speed in baud, an address: as the output has it. */
  readonly target: string;
}

/** What was recognised, as it is told to outputs. */
export interface Happening {
  readonly name: string;
  readonly moment: Moment;
  /** Of the stream. */
  readonly seconds: number;
  readonly probability: number;
  /** Of repetitions: how often so far. */
  readonly count?: number;
}

/** What an output goes to unless somebody says otherwise. */
export const USUAL_TARGETS: Readonly<Record<OutputKind, string>> = {
  keyboard: 'ArrowRight',
  channel: 'anyrate',
  midi: '60',
  serial: '115200',
  bluetooth: '',
  webhook: 'http://127.0.0.1:3000/',
};

/** Whether an action is meant by what happened. */
export function isMeant({ label, moment }: Action, happening: Happening): boolean {
  return moment === happening.moment && (label === '' || label === happening.name);
}

/** `wave`, or `wave 3` of a third repetition: a line for devices, without the line's end. */
export function lineOf({ name, count }: Happening): string {
  const line = count === undefined ? name : `${name} ${count}`;
  return line.replaceAll(/\p{Cc}+/gu, ' ');
}
