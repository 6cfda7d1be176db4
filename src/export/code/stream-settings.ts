import { runtimeOf } from '../../model/file/runtime-of.js';
import type { Model } from '../../model/model.js';
import type { OneEuro } from '../../runtime/file/header.js';
import { OneEuroFilter } from '../../runtime/stream/one-euro.js';
import { confidenceOf, resolveOptions, spottingOf } from '../../runtime/stream/options.js';
import { thresholdsOf } from '../../runtime/stream/spotter.js';

/** How an exported program recognises classes in a stream: as the runtime does unless it is told otherwise. */
export interface StreamSettings {
  /** In the order of assembly/predict/memory.ts; in seconds, cells (step, least) or shares. */
  readonly settings: Readonly<Record<SettingName, number>>;
  /** Of each class: whether it means nothing. */
  readonly nothing: readonly boolean[];
  /** What each class usually gets, where confidence is a likeness, [class][class]; else none. */
  readonly means: readonly (readonly number[])[];
  /** How landmarks are smoothed, if they are. */
  readonly oneEuro: OneEuro | undefined;
}

export type SettingName =
  | 'window'
  | 'step'
  | 'least'
  | 'gap'
  | 'hold'
  | 'smoothing'
  | 'confidence'
  | 'enter'
  | 'leave'
  | 'shortest'
  | 'longest'
  | 'rest'
  | 'lag';

export function streamSettings(model: Model): StreamSettings {
  const view = runtimeOf(model).view();
  const { oneEuro } = view.stream;
  const options = resolveOptions({ oneEuro: oneEuro && OneEuroFilter }, view);
  const confidence = confidenceOf(options, view);
  const { window, step, least, gap, hold, smoothing } = options;
  const { enter, leave, shortest, longest, rest, lag } = thresholdsOf(spottingOf(options, confidence));
  return {
    settings: { window, step, least, gap, hold, smoothing, confidence, enter, leave, shortest, longest, rest, lag },
    nothing: view.classes.map((name) => options.nothing.includes(name)),
    means: options.means ?? [],
    oneEuro,
  };
}
