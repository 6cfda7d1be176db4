import { InputError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import type { Preprocessing } from '../../runtime/skeleton/pipeline.js';
import type { PoseName, PoseStep, PoseStepOf } from '../../runtime/skeleton/pose.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import type { WeightType } from '../code/encoding.js';
import { parentsOf, type Signal, type SignalKind, upCodes } from '../code/signals.js';
import { isOverTime } from '../over-time.js';
import { channelsOf, type Followed, followedOf } from './followed.js';
import { type FunctionPart, withCalled } from './functions.js';
import { type Constant, constant } from './text.js';
import { type WholeChannels, wholeChannels } from './whole-channels.js';

/** C text of a model's preprocessing. */
export interface PreprocessingText {
  /** Parts that it needs. */
  readonly parts: readonly FunctionPart[];
  readonly constants: readonly Constant[];
  /** Statements from `frames` and `n` to the clip. */
  readonly pose: readonly string[];
  /** Statements from the clip to the numbers of one node that the network uses, at `out`. None over time. */
  readonly channels: readonly string[];
  /** Of whole numbers alone: how a node is described. */
  readonly whole: WholeChannels | undefined;
  /** Whether steps before `resample` work on the recording, so that its length must be limited. */
  readonly limited: boolean;
}

/** @throws InputError on a step before `resample` that whole numbers do not do there */
export function preprocessingText(model: Model, weights: WeightType): PreprocessingText {
  const { preprocessing, layout, persons } = model.description;
  const isWhole = weights === 'int8';
  const pose = isWhole ? wholePoseText(preprocessing.pose, persons) : poseText(preprocessing.pose);
  const whole =
    isWhole && !isOverTime(model) ? wholeChannels(preprocessing, layout, persons, model.pipeline.frames) : undefined;
  const channels = whole ?? (isOverTime(model) ? NO_CHANNELS : channelTexts(preprocessing, layout, persons));
  const used = withCalled([...(pose.limited ? (['copy-frames.c'] as const) : []), ...pose.parts, ...channels.parts]);
  const constants = [
    list('root_joints', layout.anchors.root),
    ...(used.some((part) => part === 'body.c' || part === 'int-body.c')
      ? BODY_ANCHORS.map((name) => list(`${name}_joints`, layout.anchors[name]))
      : []),
    constant('int16_t', 'parents', parentsOf(layout)),
    ...channels.constants,
  ];
  return { ...pose, parts: used, constants, channels: channels.lines, whole };
}

const BODY_ANCHORS = ['top', 'left', 'right'] as const;

/** A list of joints after its length. */
function list(name: string, joints: readonly number[]): Constant {
  return constant('uint16_t', name, [joints.length, ...joints]);
}

/** What a pose step is in C: its part, its call on a sequence of n frames, and whether it only orders persons. */
interface PoseRow<Name extends PoseName> {
  readonly part: FunctionPart;
  readonly call: (step: PoseStepOf<Name>, sequence: string, n: string) => string;
  /** Persons may as well be ordered after `resample`, which treats each alike. */
  readonly ordersOnly?: true;
}

const poseRows: { readonly [Name in PoseName]: PoseRow<Name> } = {
  'order-persons': {
    part: 'order-persons.c',
    call: (_, sequence, n) => `order_persons(${sequence}, ${n}, ${sequence}, ${n});`,
    ordersOnly: true,
  },
  resample: { part: 'resample.c', call: (_, sequence, n) => `resample(${sequence}, ${n}, scratch_clip);` },
  center: {
    part: 'center.c',
    call: ({ persons, scale }, sequence, n) =>
      `center(${sequence}, ${n}, ${+(persons === 'all')}, ${+(scale === 'spine')});`,
  },
  heading: {
    part: 'heading.c',
    call: ({ up }, sequence, n) => `heading(${sequence}, ${n}, ${upCodes[up]});`,
  },
  'body-frame': {
    part: 'body-frame.c',
    call: ({ up }, sequence, n) => `body_frame(${sequence}, ${n}, ${upCodes[up]});`,
  },
};

/** Persons are ordered by the recording, but may be so after `resample`. */
function poseText(steps: readonly PoseStep[]): Pick<PreprocessingText, 'parts' | 'pose' | 'limited'> {
  const at = steps.findIndex(({ step }) => step === 'resample');
  const before = steps.slice(0, at);
  const limited = before.some(({ step }) => !poseRows[step].ordersOnly);
  const first = limited ? onRecording(before, steps[at]) : onFrames(before, steps[at]);
  const after = steps.slice(at + 1).map((step) => poseCall(step, 'scratch_clip', 'FRAMES'));
  return { parts: steps.map(({ step }) => poseRows[step].part), pose: [...first, ...after], limited };
}

function onRecording(steps: readonly PoseStep[], resample: PoseStep): string[] {
  return [
    'copy_frames(frames, n, scratch_recording);',
    ...[...steps, resample].map((step) => poseCall(step, 'scratch_recording', 'n')),
  ];
}

function onFrames(steps: readonly PoseStep[], resample: PoseStep): string[] {
  return [
    poseCall(resample, 'frames', 'n'),
    ...(steps.length > 0 ? ['order_persons(frames, n, scratch_clip, FRAMES);'] : []),
  ];
}

function poseCall(step: PoseStep, sequence: string, n: string): string {
  return poseRows[step.step].call(step as never, sequence, n);
}

/** What a pose step is in C of whole numbers, where persons are ordered by the recording or by the clip. */
const wholePoseRows: {
  readonly [Name in PoseName]: {
    readonly part: FunctionPart;
    readonly call: (step: PoseStepOf<Name>, isClip: boolean) => string;
  };
} = {
  'order-persons': {
    part: 'int-person-ordered.c',
    call: (_, isClip) => (isClip ? 'order_persons(FRAMES, 1);' : 'order_persons(n, 0);'),
  },
  resample: { part: 'int-resample.c', call: () => '' },
  center: {
    part: 'int-center.c',
    call: ({ persons, scale }) => `center(${+(persons === 'all')}, ${+(scale === 'spine')});`,
  },
  heading: { part: 'int-heading.c', call: ({ up }) => `heading(${upCodes[up]});` },
  'body-frame': { part: 'int-body-frame.c', call: ({ up }) => `body_frame(${upCodes[up]});` },
};

/** Steps say how positions of the clip are read; it is resampled before them. */
function wholePoseText(
  steps: readonly PoseStep[],
  persons: number,
): Pick<PreprocessingText, 'parts' | 'pose' | 'limited'> {
  const at = steps.findIndex(({ step }) => step === 'resample');
  const early = steps.slice(0, at).find(({ step }) => step !== 'order-persons');
  if (early) {
    throw new InputError({
      source: 'format c',
      place: 'weights: int8',
      expected: 'no pose step but order-persons before resample',
      found: early.step,
      mend: 'Export with weights as float, or train with resample as the first step.',
    });
  }
  const done = steps.filter(({ step }) => step !== 'order-persons' || persons > 1);
  const calls = done.map((step) => wholePoseRows[step.step].call(step as never, steps.indexOf(step) > at));
  const isOrdered = done.some(({ step }) => step === 'order-persons');
  return {
    parts: [isOrdered ? 'int-person-ordered.c' : 'int-person.c', ...done.map(({ step }) => wholePoseRows[step].part)],
    pose: ['start_poses();', ...calls.filter((call) => call !== ''), 'finish_poses();'],
    limited: false,
  };
}

/** C text of some signals. */
interface SignalText {
  readonly parts: readonly FunctionPart[];
  readonly constants: readonly Constant[];
  readonly lines: readonly string[];
}

const NO_CHANNELS: SignalText = { parts: [], constants: [], lines: [] };

function channelTexts(preprocessing: Preprocessing, layout: Layout, persons: number): SignalText {
  const texts = followedOf(preprocessing, layout, persons).map(signalText);
  return {
    parts: texts.flatMap(({ parts }) => parts),
    constants: texts.flatMap(({ constants }) => constants),
    lines: texts.flatMap(({ lines }) => lines),
  };
}

function signalText({ signal: { kind, targets, width }, described }: Followed, i: number): SignalText {
  const row = signalRows[kind];
  const uses = described.map(
    ({ signal, offset }) => `uses(first + ${offset} + i, ${channelsOf(signal)}, ${signal.width})`,
  );
  const writers = described.flatMap(({ signal, offset }) => writersOf(signal, offset));
  return {
    parts: [row.part, ...writers.map(({ part }) => part)],
    constants: targets.length > 0 ? [constant('uint16_t', `targets_${i}`, targets)] : [],
    lines: [
      `for (int i = 0; i < ${width}; i++) {`,
      `  if (!(${uses.join(' || ')})) continue;`,
      `  ${row.follow(i)}`,
      ...writers.map(({ call }) => `  ${call}`),
      '}',
    ],
  };
}

/** What follows a signal over the frames in C: its part, and its call where its targets are list `i`. */
type SignalRows = Readonly<
  Record<SignalKind, { readonly part: FunctionPart; readonly follow: (i: number) => string }> & {
    readonly writers: Readonly<Record<'statistics' | 'means', FunctionPart>>;
  }
>;

const signalRows: SignalRows = {
  position: { part: 'position.c', follow: () => 'follow_position(scratch_clip, node, i, scratch_track);' },
  bone: { part: 'bone.c', follow: () => 'follow_bone(scratch_clip, node, i, scratch_track);' },
  distance: {
    part: 'distance.c',
    follow: (i) => `follow_distance(scratch_clip, node, targets_${i}[i], scratch_track);`,
  },
  writers: { statistics: 'statistics.c', means: 'means.c' },
};

/** A call that describes a track by some channels. */
interface Writer {
  readonly part: FunctionPart;
  readonly call: string;
}

function writersOf({ width, statistics, chunks, isSteps }: Signal, offset: number): Writer[] {
  const { writers } = signalRows;
  const after = offset + statistics * width;
  return [
    ...(statistics > 0
      ? [{ part: writers.statistics, call: `write_statistics(scratch_track, out + ${offset} + i, ${width});` }]
      : []),
    ...(chunks - +isSteps > 0
      ? [
          {
            part: writers.means,
            call: `write_means(scratch_track, ${chunks}, ${+isSteps}, out + ${after} + i, ${width});`,
          },
        ]
      : []),
  ];
}
