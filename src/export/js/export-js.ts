import { base64 } from '../../core/bytes.js';
import { encodeModel } from '../../model/file/file.js';
import type { Model } from '../../model/model.js';
import { dropDead } from '../../pruning/cut/keep.js';
import { weightSize } from '../../pruning/cut/size.js';
import { aboutOf } from '../description.js';
import type { Exported } from '../exporter.js';
import { isOverTime } from '../over-time.js';
import { pieces } from './pieces.js';
import { type PieceName, uncalled } from './uncalled.js';

/**
 * A module that exports `classes`, `predict` and `recognizer`, with as much of the runtime as the model needs. It answers at the model's
 * own rate, as the runtime does, to the bit.
 */
export function exportJavaScript(model: Model): Exported {
  const small = dropDead(model);
  const [open, recognizer]: PieceName[] = isOverTime(model)
    ? ['openOverTime', 'ContinualRecognizer']
    : ['open', 'Recognizer'];
  const isSmoothed = model.description.stream?.oneEuro !== undefined;
  const filter: PieceName[] = isSmoothed ? ['OneEuroFilter'] : [];
  const code = [
    `// ${aboutOf(model)}`,
    ...runtimeFor([open, recognizer, 'Spotter', ...filter], uncalled(model)),
    `const model=${open}("${base64(encodeModel(small))}");`,
    'export const classes=model.classes;',
    'export const predict=(sequence)=>model.predict(sequence);',
    `export const recognizer=(options)=>new ${recognizer}(model,{...(options?.onMovement||options?.repetitions)&&{movements:Spotter},${isSmoothed ? 'oneEuro:OneEuroFilter,' : ''}...options});`,
  ];
  const { nonzeros, macs } = weightSize(small);
  return { files: [`${code.join('\n')}\n`, TYPES].map((text) => new TextEncoder().encode(text)), nonzeros, macs };
}

/** The pieces that some of them need; those that are not called are left undefined. */
function runtimeFor(roots: readonly PieceName[], missing: readonly PieceName[]): string[] {
  const needed = new Set<PieceName>();
  const visit = (name: PieceName): void => {
    if (needed.has(name)) return;
    needed.add(name);
    if (!missing.includes(name)) pieces[name].uses.forEach(visit);
  };
  roots.forEach(visit);
  const absent = missing.filter((name) => needed.has(name));
  const present = (Object.keys(pieces) as PieceName[]).filter((name) => needed.has(name) && !absent.includes(name));
  return [...(absent.length > 0 ? [`var ${absent.join()};`] : []), ...present.map((name) => pieces[name].code)];
}

const TYPES = `/** Names of the classes. */
export declare const classes: readonly string[];

/** Classifies a sequence. @throws RangeError unless it has the model's persons and joints, frames enough, none infinite */
export declare function predict(sequence: {
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  /** [frames][persons][joints][x, y, z], NaN where a joint is lost */
  readonly positions: Float32Array;
  /** Time of each frame; without it, frames are equally far apart. */
  readonly seconds?: Float64Array;
}): {
  readonly label: number;
  readonly name: string;
  readonly probability: number;
  /** Probability of every class. */
  readonly scores: readonly number[];
};

/** A frame: flat numbers [persons][joints][x, y, z], one person's landmarks {x, y, z}, or a list of persons. */
export type Frame = ArrayLike<unknown> | null | undefined;

/** What is recognised from a frame on; a name of null is nothing. */
export interface RecognizerEvent {
  readonly name: string | null;
  readonly probability: number;
  readonly frame: number;
  readonly seconds: number;
}

/** A movement that is over, in seconds of the stream. */
export interface MovementEvent {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly probability: number;
  readonly known: number;
}

/** Recognises classes in a stream; options as those of the Recognizer of anyrate/runtime. @throws RangeError on others */
export declare function recognizer(options?: {
  readonly onChange?: (event: RecognizerEvent) => void;
  readonly onMovement?: (event: MovementEvent) => void;
  readonly [option: string]: unknown;
}): {
  readonly current: RecognizerEvent;
  /** Takes a frame and its time; an event if the answer changed. @throws RangeError on others */
  push(frame: Frame, seconds?: number): RecognizerEvent | undefined;
  /** Forgets the frames so far. */
  reset(): RecognizerEvent | undefined;
  /** Ends the movement that goes on, as at the end of the stream. */
  finish(): void;
};
`;
