// What a least probability means for a stream: counted with the recogniser itself, on recordings. Runs in the engine.
import { type Frame, load, type Prediction, Recognizer, type View } from 'anyrate/runtime';
import type { Choices, EngineCalls, Sureness } from '../calls.js';
import type { Clip } from '../clip.js';
import { joinPieces } from './background.js';
import { framesOf } from './frames.js';
import { recognizerOptions } from './live-session.js';
import { usualConfidence } from './usual-confidence.js';

/** Least probabilities that are counted for, beside the usual one. */
const CANDIDATES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/**
 * For each least probability, the share of the recordings that tested which is not found, and the false alarms in a minute of
 * ordinary motion: of whoever tested or, where they have none, of those who trained the network.
 */
export async function choicesOf({ data, model, rate, tested }: EngineCalls['choices']['in']): Promise<Choices> {
  const { project, clips } = data;
  const view = (await load(model)).view(rate);
  const isNothing = ({ label }: Clip) => project.nothing.includes(label);
  const isTested = ({ id }: Clip) => tested.includes(id);
  const movements = clips.filter((clip) => isTested(clip) && !isNothing(clip));
  const ordinary = clips.filter(isNothing);
  const fresh = ordinary.filter(isTested);
  const isNew = fresh.length > 0;
  const background = joinPieces(isNew ? fresh : ordinary).map((whole) =>
    recorded(view, streamOf({ ...movements[0], ...whole, start: 0, end: whole.frames })),
  );
  const found = movements.map((clip) => ({ name: clip.label, play: recorded(view, streamOf(clip)) }));
  const seconds = background.reduce((sum, play) => sum + play.seconds, 0);
  const confidences = new Set([...CANDIDATES, usualConfidence(view, movements)]);
  const rows = [...confidences]
    .toSorted((a, b) => a - b)
    .map((confidence): Sureness => {
      const alarms = background.reduce((sum, play) => sum + play.namesAt(confidence).length, 0);
      const missed = found.filter(({ name, play }) => !play.namesAt(confidence).includes(name)).length;
      return {
        confidence,
        alarms: seconds > 0 ? (alarms * 60) / seconds : undefined,
        missed: found.length > 0 ? missed / found.length : 0,
      };
    });
  return { rows, seconds, isNew };
}

/** A stream with what the network answered in it. */
interface Play {
  readonly seconds: number;
  /** What the recogniser tells, one after the other, where it must be so sure. */
  namesAt(confidence: number): string[];
}

interface StreamOf {
  readonly frame: Frame;
  readonly seconds: number;
}

/** A recording, and nobody after it. */
function streamOf(clip: Clip): StreamOf[] {
  return framesOf([clip]).map(({ positions, seconds }) => {
    const isSeen = positions.some((value) => !Number.isNaN(value));
    return { frame: isSeen ? positions : null, seconds };
  });
}

/** Asks the network once: what it answers when does not depend on how sure it must be. */
function recorded(view: View, stream: readonly StreamOf[]): Play {
  const answers: Prediction[] = [];
  const asks = (sequence: Parameters<View['predict']>[0]) => {
    const answer = view.predict(sequence);
    answers.push(answer);
    return answer;
  };
  namesIn(answering(view, asks), stream, 1);
  const namesAt = (confidence: number) => {
    let next = 0;
    return namesIn(
      answering(view, () => answers[next++]),
      stream,
      confidence,
    );
  };
  return { seconds: stream.at(-2)?.seconds ?? 0, namesAt };
}

/** A view that answers in another way. */
function answering(view: View, predict: View['predict']): View {
  return Object.assign(Object.create(view) as View, { predict });
}

function namesIn(view: View, stream: readonly StreamOf[], confidence: number): string[] {
  const names: string[] = [];
  const onChange = ({ name }: { readonly name: string | null }) => {
    if (name !== null) names.push(name);
  };
  const recognizer = new Recognizer(view, { ...recognizerOptions(confidence), onChange });
  for (const { frame, seconds } of stream) recognizer.push(frame, seconds);
  return names;
}
