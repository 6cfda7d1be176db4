import { parts } from './parts.js';

/** A file of parts/ that defines functions. */
export type FunctionPart = Exclude<
  keyof typeof parts,
  | 'model.c'
  | 'model.h'
  | 'stream.c'
  | 'stream.h'
  | 'by-node.c'
  | 'over-time.c'
  | 'follow.c'
  | 'place.c'
  | 'place-persons.c'
  | 'likeness.c'
  | 'one-euro.c'
  | `int-${'model' | 'by-node' | 'over-time' | 'stream' | 'place' | 'place-persons' | 'likeness'}.c`
>;

/** Every part after those that it calls; those of whole numbers begin with `int-`. */
const CALLS: Readonly<Record<FunctionPart, readonly FunctionPart[]>> = {
  'anchors.c': [],
  'lost.c': ['anchors.c'],
  'copy-frames.c': ['lost.c'],
  'square-root.c': [],
  'order-persons.c': ['anchors.c', 'lost.c'],
  'resample.c': ['lost.c'],
  'body.c': ['anchors.c', 'square-root.c'],
  'center.c': ['body.c'],
  'axes.c': ['body.c', 'square-root.c'],
  'body-frame.c': ['axes.c'],
  'heading.c': ['axes.c'],
  'position.c': [],
  'bone.c': [],
  'distance.c': ['square-root.c'],
  'means.c': [],
  'statistics.c': ['square-root.c'],
  'used.c': [],
  'standardised.c': [],
  'standardise.c': ['standardised.c', 'used.c'],
  'int-pairs.c': [],
  'int-root.c': ['int-pairs.c'],
  'int-square.c': [],
  'int-shift.c': [],
  'int-limited.c': ['int-pairs.c'],
  'int-way.c': ['int-pairs.c'],
  'int-along.c': ['int-way.c'],
  'int-length.c': ['int-way.c'],
  'int-anchors.c': [],
  'int-grid.c': [],
  'int-see.c': ['int-grid.c'],
  'int-lost.c': ['int-anchors.c', 'int-see.c'],
  'int-resample.c': ['int-lost.c'],
  'int-person.c': [],
  'int-person-ordered.c': ['int-lost.c'],
  'int-pose.c': ['int-grid.c'],
  'int-body.c': ['int-anchors.c', 'int-pose.c', 'int-root.c', 'int-square.c'],
  'int-center.c': ['int-body.c'],
  'int-axes.c': ['int-body.c'],
  'int-body-frame.c': ['int-axes.c'],
  'int-heading.c': ['int-axes.c'],
  'int-position.c': ['int-anchors.c', 'int-pose.c', 'int-limited.c'],
  'int-bone.c': ['int-along.c', 'int-pose.c', 'int-limited.c'],
  'int-distance-alone.c': ['int-length.c', 'int-pose.c', 'int-limited.c', 'int-root.c'],
  'int-distance.c': ['int-position.c', 'int-root.c', 'int-square.c'],
  'int-lives.c': [],
  'int-block.c': ['int-pairs.c'],
  'int-summary.c': ['int-block.c', 'int-root.c'],
  'int-steps.c': ['int-summary.c'],
  'int-statistics.c': ['int-summary.c'],
  'int-ways.c': ['int-anchors.c', 'int-pose.c'],
  'int-standardised.c': [],
  'int-standardise.c': ['int-standardised.c'],
  'int-narrow.c': [],
  'int-keep.c': [],
  'int-spread.c': ['int-narrow.c'],
  'narrow.c': [],
  'multiply.c': [],
  'multiply-unit.c': ['multiply.c'],
  'multiply-all.c': ['multiply-unit.c'],
  'keep.c': [],
  'classify.c': ['multiply.c'],
  'softmax.c': [],
  'int-softmax.c': [],
};

/** Some parts and all that they call, in order; a function that nobody calls would be a warning. */
export function withCalled(wanted: readonly FunctionPart[]): FunctionPart[] {
  const needed = new Set<FunctionPart>();
  const visit = (part: FunctionPart): void => {
    needed.add(part);
    CALLS[part].forEach(visit);
  };
  wanted.forEach(visit);
  return (Object.keys(CALLS) as FunctionPart[]).filter((part) => needed.has(part));
}

/** The text of some parts. */
export function functionsText(wanted: readonly FunctionPart[]): string {
  return wanted.map((part) => parts[part].trimEnd()).join('\n\n');
}
