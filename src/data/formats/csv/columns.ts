import { LEAST_VISIBILITY } from '../../../runtime/stream/read-frame.js';
import { badFile, MOST_JOINTS } from '../format.js';
import type { Unit } from '../recording.js';
import { type TimeUnit, timeNamed } from '../time-stamps.js';
import type { Header } from './header.js';
import { type Axis, isOtherMotion, jointColumn } from './names.js';

/** Where the coordinates of a joint are in a row, and below which confidence it counts as lost. */
export interface Joint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly z?: number;
  readonly confidences: readonly { readonly column: number; readonly least: number }[];
}

/** What the columns of a table mean. */
export interface Columns {
  readonly joints: readonly Joint[];
  readonly dimensions: 2 | 3;
  /** Whether the joints have names of their own and not only numbers. */
  readonly isNamed: boolean;
  readonly unit?: Unit;
  readonly framesPerSecond?: number;
  readonly layout?: string;
  readonly time?: { readonly column: number; readonly unit?: TimeUnit };
  readonly frame?: number;
  readonly label?: number;
  readonly subject?: number;
  /** Name or number of the recording that a row belongs to. */
  readonly recording?: number;
  /** Which of several persons or hands a row is of. */
  readonly person?: number;
  /** Columns that name the joint, in a table with a row for each joint. */
  readonly jointNames: readonly number[];
  /** Whether 0 0 0 says that a joint was lost. */
  readonly isZeroLost?: boolean;
  readonly notes: readonly string[];
}

/** Of visibility, presence and likelihood; a confidence says less, and 0 is what trackers write for a lost joint. */
export const LEAST: Readonly<Record<'visibility' | 'confidence', number>> = {
  visibility: LEAST_VISIBILITY,
  confidence: 0.05,
};

const ROLES = {
  frame: /^(?:frames?|frame_?(?:id|no|num|number|index|idx|count)|(?:image|img)_?(?:id|no|number|index|idx)?)$/,
  label:
    /^(?:labels?|class(?:_?(?:name|id|label))?|gestures?|actions?|activity|exercise|target|sign|category|movement)$/,
  subject: /^(?:subjects?|participants?|performers?|actors?|signers?|users?|patients?)(?:_?(?:id|name|no))?$/,
  recording:
    /^(?:recordings?|sequences?|seq|videos?|clips?|files?|paths?|samples?|trials?|takes?|sessions?|rep|repetition)(?:_?(?:id|name|no|num|number|path|index))?$|^filename$/,
  person:
    /^(?:person|body|tracking|track|hand|skeleton)(?:_?(?:id|index|idx|no|num|number))?$|^handedness$|^individuals?$/,
} as const;
const JOINT_NAME =
  /^(?:type|(?:key_?points?|landmarks?|joints?|markers?|body_?parts?|points?)(?:_?(?:id|name|index|idx|no|type))?)$/;
const INDEX = /^(?:|index|unnamed.*|coords|bodyparts|row_?(?:id|no)?|sub_?frame)$/;

/** @throws InputError if the header names no joint, one of them twice, or not all coordinates */
export function columnsOf({ names, unit, framesPerSecond, lastLine }: Header, source: string): Columns {
  const place = lastLine === 1 ? 'line 1' : `lines 1 to ${lastLine}`;
  const roles = rolesOf(names);
  const joints = jointsOf(names, roles.used, source, place);
  if (joints.length === 0) {
    const expected = 'columns of joints such as left_wrist_x, left_wrist_y or x0, y0';
    throw badFile(source, place, expected, names.slice(0, 6).join(', ').slice(0, 100), 'Name the columns like that.');
  }
  if (joints.length > MOST_JOINTS) {
    throw badFile(
      source,
      place,
      `at most ${MOST_JOINTS} joints`,
      `${joints.length}`,
      'Leave out columns that are not joints.',
    );
  }
  const { found } = roles;
  return {
    ...found,
    ...arranged(joints),
    dimensions: joints.some(({ z }) => z !== undefined) ? 3 : 2,
    jointNames: roles.jointNames,
    notes: ignoredNotes(names, roles),
    ...(unit !== undefined && { unit }),
    ...(framesPerSecond !== undefined && { framesPerSecond }),
  };
}

interface Roles {
  readonly found: Pick<Columns, 'frame' | 'label' | 'subject' | 'recording' | 'person' | 'time'>;
  readonly jointNames: readonly number[];
  readonly used: ReadonlySet<number>;
}

function rolesOf(names: readonly string[]): Roles {
  const found: { -readonly [key in keyof Roles['found']]: Roles['found'][key] } = {};
  const jointNames: number[] = [];
  const used = new Set<number>();
  for (const [column, name] of names.entries()) {
    const plain = name
      .trim()
      .replace(/([a-z])([A-Z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[\s-]+/g, '_');
    const role = (Object.keys(ROLES) as (keyof typeof ROLES)[]).find((key) => ROLES[key].test(plain));
    const time = timeNamed(name);
    if (role !== undefined) found[role] ??= column;
    else if (time !== undefined) found.time ??= { column, ...time };
    else if (JOINT_NAME.test(plain)) jointNames.push(column);
    else if (!INDEX.test(plain)) continue;
    used.add(column);
  }
  return { found, jointNames, used };
}

type Places = { -readonly [key in Axis]?: number } & { readonly confidences: Joint['confidences'][number][] };

function jointsOf(names: readonly string[], used: ReadonlySet<number>, source: string, place: string): Joint[] {
  const joints = new Map<string, Places>();
  for (const [column, name] of names.entries()) {
    const found = used.has(column) ? undefined : jointColumn(name);
    if (found === undefined) continue;
    const places: Places = joints.get(found.joint) ?? { confidences: [] };
    joints.set(found.joint, places);
    if (found.axis === 'visibility' || found.axis === 'confidence') {
      places.confidences.push({ column, least: LEAST[found.axis] });
    } else if (places[found.axis] !== undefined) {
      throw badFile(
        source,
        place,
        'each column once',
        `"${name}" again in column ${column + 1}`,
        'Give each column a name of its own.',
      );
    } else places[found.axis] = column;
  }
  const withPlace = [...joints].filter(([, { x, y, z }]) => (x ?? y ?? z) !== undefined);
  const isFlat = withPlace.every(([, { z }]) => z === undefined);
  return withPlace.map(([name, { x, y, z, confidences }]) => {
    if (x === undefined || y === undefined || (z === undefined && !isFlat)) {
      const missing = x === undefined ? 'x' : y === undefined ? 'y' : 'z';
      const found = `no ${missing}`;
      throw badFile(
        source,
        place,
        `x, y${isFlat ? '' : ', z'} of joint "${name}"`,
        found,
        'Add the column, or leave the joint out.',
      );
    }
    return { name, x, y, confidences, ...(z !== undefined && { z }) };
  });
}

const NUMBERED = /^(\D*?)[\s_.-]*(\d+)$/;

/** Joints that are numbered from 0 or 1 in the order of their numbers; others in the order of the columns. */
function arranged(joints: readonly Joint[]): Pick<Columns, 'joints' | 'isNamed' | 'layout'> {
  const names = withoutPrefix(joints.map(({ name }) => name));
  const numbered = names.map((name) => NUMBERED.exec(name));
  const prefix = numbered[0]?.[1];
  const numbers = numbered.map((found) => (found?.[1] === prefix ? Number(found?.[2]) : Number.NaN));
  const order = [...numbers.keys()].sort((a, b) => numbers[a] - numbers[b]);
  const first = numbers[order[0]];
  const isNumbered = (first === 0 || first === 1) && order.every((joint, i) => numbers[joint] === first + i);
  if (!isNumbered || joints.length < 2) {
    return { joints: joints.map((joint, i) => ({ ...joint, name: names[i] })), isNamed: joints.length > 1 };
  }
  const isVisible = joints.every(({ confidences }) => confidences.some(({ least }) => least === LEAST.visibility));
  const shape = { joints: order.map((joint) => joints[joint]), isNamed: false };
  return isVisible && joints.length === 33 ? { ...shape, layout: 'mediapipe-pose' } : shape;
}

/** Drops what comes before a colon where all names have one: the subject of Vicon, the rig of Mixamo. */
function withoutPrefix(names: readonly string[]): readonly string[] {
  return names.every((name) => name.includes(':')) ? names.map((name) => name.slice(name.lastIndexOf(':') + 1)) : names;
}

function ignoredNotes(names: readonly string[], { used }: Roles): string[] {
  const motion = names.filter(isOtherMotion).length;
  const others = names.filter((name, i) => !used.has(i) && !isOtherMotion(name) && jointColumn(name) === undefined);
  return [
    ...(motion === 0 ? [] : [`${motion} columns of rotations, velocities or errors left out`]),
    ...(others.length === 0
      ? []
      : [`columns left out: ${others.slice(0, 5).join(', ')}${others.length > 5 ? ', ...' : ''}`]),
  ];
}
