// A stream through the recogniser: what was recognised when, and what of it was wrong. No DOM.

import { signal } from '@preact/signals';
import { Recognizer, type View } from 'anyrate/runtime';

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

/** Recognises a stream of frames. */
export class LiveSession {
  readonly events = signal<readonly Recognised[]>([]);
  /** Time of the last frame. */
  readonly seconds = signal(0);
  /** What is recognised now. */
  readonly current = signal<string | undefined>(undefined);
  private readonly view: View;
  private recognizer: Recognizer;
  private first: number | undefined;

  /** @param confidence least probability; by default as the model says */
  constructor(view: View, confidence?: number) {
    this.view = view;
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

  /** Goes on with another least probability; what was recognised stays. */
  setConfidence(confidence: number): void {
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

  private start(confidence: number | undefined): Recognizer {
    const options = confidence === undefined ? {} : { confidence };
    return new Recognizer(this.view, {
      ...options,
      follow: false, // a detector gives each hand its own place
      onChange: ({ name, probability, seconds }) => {
        this.close(seconds);
        this.current.value = name ?? undefined;
        if (name === null) return;
        this.events.value = [
          ...this.events.value,
          { name, start: seconds, end: undefined, probability, isFalse: false },
        ];
      },
    });
  }

  private close(seconds = this.seconds.value): void {
    const last = this.events.value.at(-1);
    if (last === undefined || last.end !== undefined) return;
    this.events.value = [...this.events.value.slice(0, -1), { ...last, end: seconds }];
  }
}
