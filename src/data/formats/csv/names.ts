import type { Unit } from '../recording.js';

/** What a column holds of a joint. */
export type Axis = 'x' | 'y' | 'z' | 'visibility' | 'confidence';

/** A column of a joint; the joint's name is empty in a table with a row for each joint. */
export interface JointColumn {
  readonly joint: string;
  readonly axis: Axis;
}

const AXES: Readonly<Record<string, Axis>> = {
  x: 'x',
  y: 'y',
  z: 'z',
  v: 'visibility',
  vis: 'visibility',
  visibility: 'visibility',
  presence: 'visibility',
  likelihood: 'visibility',
  c: 'confidence',
  conf: 'confidence',
  confidence: 'confidence',
  confidence_level: 'confidence',
  score: 'confidence',
  prob: 'confidence',
};
const AXIS = Object.keys(AXES)
  .sort((a, b) => b.length - a.length)
  .join('|');
const POSITION = '(?:pos|position|loc|location|coord|translation)';

const BARE = new RegExp(`^(?:${POSITION}[\\s_.]*)?(${AXIS})$`, 'i');
const SUFFIX = new RegExp(`^(.+?)(?:[\\s_.:/-]+${POSITION})?[\\s_.:/-]+(${AXIS})$`, 'i');
const CAPITAL = /^(.*?[a-z0-9])[\s_.-]*(?:Pos|Position|_position|_pos)?(X|Y|Z)$/;
const INDEXED = new RegExp(`^(${AXIS})[\\s_.-]*(\\d+)$`, 'i');
const PREFIX = /^(x|y|z|visibility|confidence|score)[\s_.-]+(.+)$/i;

/** Columns that turn with a joint, or say how fast it is: not its place. */
const OTHER_MOTION =
  /(?:^|[\s_.:-])(?:rot|rotation|quat|quaternion|orientation|orient|velocity|vel|acc|acceleration|angular|angle|euler|scale|error)(?:$|[\s_.:-]|[XYZW]$)|[\s_.:-](?:q[xyzw]|w)$/i;

const UNIT_SUFFIX = /\s*[[(]\s*([a-zA-Z]+)\s*[\])]\s*$/;
const UNIT_WORDS: Readonly<Record<string, Unit>> = {
  m: 'metre',
  cm: 'centimetre',
  mm: 'millimetre',
  in: 'inch',
  px: 'pixel',
  pixel: 'pixel',
  pixels: 'pixel',
};

/** What a column of this name holds of a joint; undefined if it is no place of a joint. */
export function jointColumn(name: string): JointColumn | undefined {
  const plain = withoutUnit(name);
  if (isOtherMotion(plain)) return undefined;
  const bare = BARE.exec(plain);
  if (bare !== null) return { joint: '', axis: axisOf(bare[1]) };
  const indexed = INDEXED.exec(plain);
  if (indexed !== null) return { joint: indexed[2], axis: axisOf(indexed[1]) };
  const named = SUFFIX.exec(plain) ?? CAPITAL.exec(plain);
  if (named !== null) return { joint: named[1], axis: axisOf(named[2]) };
  const prefixed = PREFIX.exec(plain);
  return prefixed === null ? undefined : { joint: prefixed[2], axis: axisOf(prefixed[1]) };
}

/** Whether a column is of rotations, velocities or errors. */
export function isOtherMotion(name: string): boolean {
  return OTHER_MOTION.test(name);
}

/** Whether a cell is an axis and nothing else, as in the last of several header rows. */
export function isAxis(cell: string): boolean {
  return BARE.test(withoutUnit(cell));
}

/** The unit that a cell names, alone or in brackets at its end. */
export function unitIn(cell: string): Unit | undefined {
  const word = UNIT_SUFFIX.exec(cell)?.[1] ?? cell.trim();
  return Object.hasOwn(UNIT_WORDS, word.toLowerCase()) ? UNIT_WORDS[word.toLowerCase()] : undefined;
}

function withoutUnit(name: string): string {
  const plain = name.trim();
  return unitIn(plain) !== undefined && UNIT_SUFFIX.test(plain) ? plain.replace(UNIT_SUFFIX, '') : plain;
}

function axisOf(word: string): Axis {
  return AXES[word.toLowerCase()];
}
