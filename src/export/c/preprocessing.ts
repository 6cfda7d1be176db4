import type { Model } from '../../model/model.js';
import type { ChannelStep } from '../../runtime/skeleton/channels.js';
import type { PoseStep } from '../../runtime/skeleton/pose.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import { parentsOf, type Signal, signalOf } from '../code/signals.js';
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
  const used = withCalled([...pose.parts, ...groups.flatMap(({ parts }) => parts)]);
  const constants = [
    ...(used.includes('anchors.c') ? [list('root_joints', layout.anchors.root)] : []),
    ...(used.includes('body.c') ? BODY_ANCHORS.map((name) => list(`${name}_joints`, layout.anchors[name])) : []),
    ...(used.includes('bone.c') ? [constant('int16_t', 'parents', parentsOf(layout))] : []),
    ...groups.flatMap(({ constants }) => constants),
  ];
  return { ...pose, parts: used, constants, channels: groups.flatMap(({ lines }) => lines) };
}

const BODY_ANCHORS = ['top', 'left', 'right'] as const;

/** A list of joints behind its length. */
function list(name: string, joints: readonly number[]): string {
  return constant('uint16_t', name, [joints.length, ...joints]);
}

const UP = ['x', 'y', 'z', 'spine'];

/** Persons are ordered by the recording, but may be so behind `resample`, which treats each alike. */
function poseText(steps: readonly PoseStep[]): Pick<PreprocessingText, 'parts' | 'pose' | 'limited'> {
  const { before, after } = splitPose(steps);
  const limited = before.some(({ step }) => step !== 'order-persons');
  const first = limited ? onRecording(before) : ['resample(frames, n, odd);', ...onFrames(before)];
  const parts = steps.map(({ step }) => `${step}.c` as const);
  return { parts, pose: [...first, ...after.map((step) => poseCall(step, 'odd', 'FRAMES'))], limited };
}

/** Pose steps before and after the one that resamples. */
function splitPose(steps: readonly PoseStep[]): { before: readonly PoseStep[]; after: readonly PoseStep[] } {
  const at = steps.findIndex(({ step }) => step === 'resample');
  return { before: steps.slice(0, at), after: steps.slice(at + 1) };
}

function onRecording(steps: readonly PoseStep[]): string[] {
  const copy = 'memcpy(recording, frames, (size_t)n * PERSONS * PERSON * sizeof(float));';
  return [copy, ...steps.map((step) => poseCall(step, 'recording', 'n')), 'resample(recording, n, odd);'];
}

function onFrames(steps: readonly PoseStep[]): string[] {
  return steps.length > 0 ? ['order_persons(frames, n, odd, FRAMES);'] : [];
}

function poseCall(step: PoseStep, sequence: string, n: string): string {
  switch (step.step) {
    case 'center':
      return `center(${sequence}, ${n}, ${+(step.persons === 'all')}, ${+(step.scale === 'spine')});`;
    case 'body-frame':
      return `body_frame(${sequence}, ${n}, ${UP.indexOf(step.up)});`;
    case 'heading':
      return `heading(${sequence}, ${n}, ${UP.indexOf(step.up)});`;
    default:
      return `order_persons(${sequence}, ${n}, ${sequence}, ${n});`;
  }
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
    const { kind, targets, width } = signal;
    const other = kind === 'distance' ? `targets_${i}[i]` : 'i';
    const writers = writersOf(signal);
    const calls = writers.map(({ call, channels }) => {
      const at = offset;
      offset += channels * width;
      return `  ${call.replace('OUT', `out + ${at} + i`)}`;
    });
    const follow = `  follow_${kind}(odd, node, ${other}, track);`;
    return {
      parts: [`${kind}.c` as const, ...writers.map(({ part }) => part)],
      constants: targets.length > 0 ? [constant('uint16_t', `targets_${i}`, targets)] : [],
      lines: [`for (int i = 0; i < ${width}; i++) {`, follow, ...calls, '}'],
    };
  });
}

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
