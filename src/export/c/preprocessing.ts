import type { Model } from '../../model/model.js';
import type { ChannelStep } from '../../runtime/skeleton/channels.js';
import type { PoseName, PoseStep, PoseStepOf } from '../../runtime/skeleton/pose.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import { parentsOf, type Signal, type SignalKind, signalOf, upCodes } from '../code/signals.js';
import { type FunctionPart, withCalled } from './functions.js';
import { constant } from './text.js';

/** C text of a model's preprocessing. */
export interface PreprocessingText {
  /** Parts that it needs. */
  readonly parts: readonly FunctionPart[];
  readonly constants: readonly string[];
  /** Statements from `frames` and `n` to the clip in `odd`. */
  readonly pose: readonly string[];
  /** Statements from the clip to the numbers of one node, at `out`. */
  readonly channels: readonly string[];
  /** Whether steps before `resample` work on the recording, so that its length must be limited. */
  readonly limited: boolean;
}

export function preprocessingText({ description }: Model): PreprocessingText {
  const { preprocessing, layout, persons } = description;
  const pose = poseText(preprocessing.pose);
  const groups = channelTexts(preprocessing.channels, layout, persons);
  const used = withCalled([
    ...(pose.limited ? (['copy-frames.c'] as const) : []),
    ...pose.parts,
    ...groups.flatMap(({ parts }) => parts),
  ]);
  const constants = [
    list('root_joints', layout.anchors.root),
    ...(used.includes('body.c') ? BODY_ANCHORS.map((name) => list(`${name}_joints`, layout.anchors[name])) : []),
    constant('int16_t', 'parents', parentsOf(layout)),
    ...groups.flatMap(({ constants }) => constants),
  ];
  return { ...pose, parts: used, constants, channels: groups.flatMap(({ lines }) => lines) };
}

const BODY_ANCHORS = ['top', 'left', 'right'] as const;

/** A list of joints after its length. */
function list(name: string, joints: readonly number[]): string {
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
  resample: { part: 'resample.c', call: (_, sequence, n) => `resample(${sequence}, ${n}, odd);` },
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
  const after = steps.slice(at + 1).map((step) => poseCall(step, 'odd', 'FRAMES'));
  return { parts: steps.map(({ step }) => poseRows[step].part), pose: [...first, ...after], limited };
}

function onRecording(steps: readonly PoseStep[], resample: PoseStep): string[] {
  return [
    'copy_frames(frames, n, recording);',
    ...[...steps, resample].map((step) => poseCall(step, 'recording', 'n')),
  ];
}

function onFrames(steps: readonly PoseStep[], resample: PoseStep): string[] {
  return [poseCall(resample, 'frames', 'n'), ...(steps.length > 0 ? ['order_persons(frames, n, odd, FRAMES);'] : [])];
}

function poseCall(step: PoseStep, sequence: string, n: string): string {
  return poseRows[step.step].call(step as never, sequence, n);
}

/** C text of one channel step. */
interface ChannelText {
  readonly parts: readonly FunctionPart[];
  readonly constants: readonly string[];
  readonly lines: readonly string[];
}

function channelTexts(steps: readonly ChannelStep[], layout: Layout, persons: number): ChannelText[] {
  let offset = 0;
  return steps.map((step, i) => {
    const signal = signalOf(step, layout, persons);
    const { targets, width } = signal;
    const row = signalRows[signal.kind];
    const writers = writersOf(signal);
    const calls = writers.map(({ call, channels }) => {
      const at = offset;
      offset += channels * width;
      return `  ${call.replace('OUT', `out + ${at} + i`)}`;
    });
    return {
      parts: [row.part, ...writers.map(({ part }) => part)],
      constants: targets.length > 0 ? [constant('uint16_t', `targets_${i}`, targets)] : [],
      lines: [`for (int i = 0; i < ${width}; i++) {`, `  ${row.follow(i)}`, ...calls, '}'],
    };
  });
}

/** What follows a signal over the frames in C: its part, and its call in step `i` of the channels. */
const signalRows: Readonly<
  Record<SignalKind, { readonly part: FunctionPart; readonly follow: (i: number) => string }>
> = {
  position: { part: 'position.c', follow: () => 'follow_position(odd, node, i, track);' },
  bone: { part: 'bone.c', follow: () => 'follow_bone(odd, node, i, track);' },
  distance: { part: 'distance.c', follow: (i) => `follow_distance(odd, node, targets_${i}[i], track);` },
};

/** A call that describes a track by so many channels. */
interface Writer {
  readonly part: FunctionPart;
  readonly channels: number;
  readonly call: string;
}

function writersOf({ width, statistics, chunks, isSteps }: Signal): Writer[] {
  const writers: Writer[] = [
    { part: 'statistics.c', channels: statistics, call: `write_statistics(track, OUT, ${width});` },
    {
      part: 'means.c',
      channels: chunks - +isSteps,
      call: `write_means(track, ${chunks}, ${+isSteps}, OUT, ${width});`,
    },
  ];
  return writers.filter(({ channels }) => channels > 0);
}
