// A stream through the recogniser: what was recognised when, how often it was repeated, and what of it was wrong. No DOM.
import { signal } from '@preact/signals';
import { Spotter } from 'anyrate/movements';
import { RepetitionCounter } from 'anyrate/repetitions';
import { Recognizer, type RecognizerOptions, type View } from 'anyrate/runtime';
import type { Happening } from '../act/action.js';

/** Something that was recognised, in seconds of the stream. */
export interface Recognised {
  readonly name: string;
  readonly start: number;
  /** Undefined while it goes on. */
  readonly end: number | undefined;
  readonly probability: number;
  /** Somebody said that it was a false alarm. */
  readonly isFalse: boolean;
}

/** A movement that is over. */
export interface Movement {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** How often it was made: 0 where it was left before it came back to where it began. */
  readonly repetitions: number;
}

/** What counts as recognised, where a class has at least so much; a movement lasts while it has two thirds of that. */
export function recognizerOptions(confidence: number): RecognizerOptions {
  const follow = false; // a detector gives each hand its own place
  return { confidence, follow, spotting: { enter: confidence, leave: (confidence * 2) / 3 } };
}

/** Recognises a stream of frames. */
export class LiveSession {
  readonly events = signal<readonly Recognised[]>([]);
  readonly movements = signal<readonly Movement[]>([]);
  /** Of the movement that goes on, or the last one. */
  readonly repeated = signal<{ readonly name: string; readonly count: number } | undefined>(undefined);
  /** Time of the last frame. */
  readonly seconds = signal(0);
  /** What is recognised now. */
  readonly current = signal<string | undefined>(undefined);
  private readonly view: View;
  private readonly tell: (happening: Happening) => void;
  private recognizer: Recognizer;
  private first: number | undefined;
  /** Repetitions of the movement that goes on. */
  private count = 0;

  constructor(view: View, confidence: number, tell: (happening: Happening) => void = () => {}) {
    this.view = view;
    this.tell = tell;
    this.recognizer = this.start(confidence);
  }

  /** Takes [persons][joints][x, y, z], NaN where a joint is lost, and the time of the frame. */
  push(positions: Float32Array, seconds: number): void {
    this.first ??= seconds;
    const time = seconds - this.first;
    const isSeen = positions.some((value) => !Number.isNaN(value));
    this.recognizer.push(isSeen ? positions : null, time);
    this.seconds.value = time;
  }

  /** Goes on with another threshold; what was recognised stays. */
  setConfidence(confidence: number): void {
    this.recognizer.finish();
    this.close();
    this.recognizer = this.start(confidence);
  }

  /** Says that an event was a false alarm, or takes it back. */
  mark(index: number, isFalse: boolean): void {
    this.events.value = this.events.value.map((event, i) => (i === index ? { ...event, isFalse } : event));
  }

  /** How often each class was recognised, false alarms left out. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { name, isFalse } of this.events.value) if (!isFalse) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  }

  private start(confidence: number): Recognizer {
    const options: RecognizerOptions = {
      ...recognizerOptions(confidence),
      movements: Spotter,
      repetitions: RepetitionCounter,
      onChange: (event) => this.change(event),
      onMovement: (movement) => this.finish(movement),
      onRepetition: ({ name, count, seconds }) => {
        this.count = count;
        this.repeated.value = { name, count };
        this.tell({ name, moment: 'repetition', seconds, probability: 1, count });
      },
    };
    return new Recognizer(this.view, options);
  }

  private change({ name, probability, seconds }: Parameters<NonNullable<RecognizerOptions['onChange']>>[0]): void {
    this.close(seconds);
    this.current.value = name ?? undefined;
    if (name === null) return;
    const event = { name, start: seconds, end: undefined, probability, isFalse: false };
    this.events.value = [...this.events.value, event];
    this.tell({ name, moment: 'start', seconds, probability });
  }

  private finish({ name, start, end, probability }: Parameters<NonNullable<RecognizerOptions['onMovement']>>[0]): void {
    const movement = { name, start, end, repetitions: this.count };
    this.count = 0;
    this.movements.value = [...this.movements.value, movement];
    this.tell({ name, moment: 'end', seconds: end, probability });
  }

  private close(seconds = this.seconds.value): void {
    const last = this.events.value.at(-1);
    if (last === undefined || last.end !== undefined) return;
    this.events.value = [...this.events.value.slice(0, -1), { ...last, end: seconds }];
  }
}
