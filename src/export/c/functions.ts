import { parts } from './parts.js';

/** A file of parts/ that defines functions. */
export type FunctionPart = Exclude<
  keyof typeof parts,
  'model.c' | 'model.h' | 'stream.c' | 'stream.h' | 'place.c' | 'place-persons.c' | 'likeness.c'
>;

/** Every part after those that it calls. */
const CALLS: Readonly<Record<FunctionPart, readonly FunctionPart[]>> = {
  'clear.c': [],
  'anchors.c': [],
  'lost.c': ['anchors.c'],
  'copy-frames.c': ['lost.c'],
  'square-root.c': [],
  'order-persons.c': ['anchors.c', 'lost.c'],
  'resample.c': ['clear.c', 'lost.c'],
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
  'standardise.c': [],
  'multiply.c': [],
  'spread.c': [],
  'rectify.c': [],
  'softmax.c': [],
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
