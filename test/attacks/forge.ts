// Hostile files, made of a good one. `npm run attacks` writes them beside this file.
import { concatenate } from '../../src/core/bytes.js';
import {
  block,
  file,
  firstBlock,
  firstFive,
  forged,
  headerWith,
  secondBlock,
  secondEnd,
  start,
  tables,
  withAccuracy,
  withByte,
  withChannels,
  withLength,
  withPose,
} from './parts.js';

const RULE = { refused: [0.05], thresholds: [[0.5]] };

/** What is wrong, the file, and what the runtime and the engine say of it. */
export const attacks: Record<string, [bytes: () => Uint8Array, runtime: string, engine?: string]> = {
  'no bytes': [() => new Uint8Array(), 'file: expected 16 bytes, found 0'],
  'another kind of file': [() => new TextEncoder().encode('{"frames": [[[0, 0, 0]]]}'), 'expected an .anyrate model'],
  'a later version': [() => withByte(7, 9), 'byte 7: expected version 3, found version 9', 'Update anyrate'],
  'the version before': [() => withByte(7, 2), 'found version 2', 'Create it again'],
  'a header longer than the file': [() => withLength(8, 1 << 23), 'header: expected'],
  'a header of 4 GB': [() => withLength(8, 0xffffffff), 'lengths: expected at most'],
  'tables of 4 GB': [() => withLength(12, 0xffffffff), 'lengths: expected at most'],
  'a changed header': [() => withByte(20, 120), 'header: expected the CRC-32 it states'],
  'a header that is no JSON': [() => forged({ text: '{"layout":' }), 'header: expected a network, found SyntaxError'],
  'a header that is no object': [() => forged({ text: '[]' }), 'header'],
  'a header of null': [() => forged({ text: 'null' }), 'header'],
  'a header nested without end': [() => forged({ text: '['.repeat(100_000) }), 'header'],
  'a layer of 4 billion units': [
    () => headerWith((h) => Object.assign(h.layers[1], { units: 2 ** 32 })),
    'header, layers: expected 1 to 65536, found 4294967296',
    'header, layers',
  ],
  'more weights than any network may have': [
    () =>
      headerWith((h) =>
        Object.assign(h, {
          layers: [
            { kind: 'dense', units: 65536, activation: 'relu', dropout: 0 },
            { kind: 'dense', units: 65536, activation: 'relu', dropout: 0 },
          ],
        }),
      ),
    'header, weights: expected 1 to 16000000',
  ],
  'units that do not divide among members': [
    () => headerWith((h) => Object.assign(h.layers[1], { members: 4 })),
    'header, members: expected 1 to 4000000, found 1.5',
    'header, layers[1].members: expected a divisor',
  ],
  'channels that do not divide among members': [
    () => headerWith((h) => Object.assign(h, { layers: [{ ...(h.layers[1] as object), units: 5, members: 5 }] })),
    'header, members: expected 1 to 4000000, found 25.2',
    'header, layers[0].members: expected a divisor',
  ],
  'half a member': [
    () => headerWith((h) => Object.assign(h.layers[1], { members: 0.5 })),
    'header, members: expected 1 to 4000000, found 0.5',
    'header, layers.1.members',
  ],
  'a layer of another kind': [
    () => headerWith((h) => Object.assign(h.layers[1], { kind: 'eval' })),
    'header, kind: expected dense or graph-convolution',
    'header, layers.1.kind: expected one of graph-convolution, dense, temporal-convolution, pool, found "eval". The file may come from a newer version of anyrate: update anyrate.',
  ],
  'an activation of another kind': [
    () => headerWith((h) => Object.assign(h.layers[1], { activation: 'tanh' })),
    'header, activation: expected relu or none, found tanh',
    'header, layers.1.activation: expected one of relu, none, found "tanh". The file may come from a newer version of anyrate: update anyrate.',
  ],
  'heads combined in another way': [
    () => headerWith((h) => Object.assign(h.layers[0], { combine: 'mean' })),
    'header, combine: expected sum or concatenate, found mean',
    'header, layers.0.combine: expected one of sum, concatenate, found "mean". The file may come from a newer version of anyrate: update anyrate.',
  ],
  'an axis of another name': [
    () => withPose({ step: 'body-frame', up: 'w' }),
    'header, up: expected spine or x or y or z, found w',
    'expected one of spine, x, y, z, found "w". The file may come from a newer version of anyrate: update anyrate.',
  ],
  'a scale of another name': [
    () => withPose({ step: 'center', persons: 'each', scale: 'foot' }),
    'header, scale: expected none or spine, found foot',
    'expected one of none, spine, found "foot". The file may come from a newer version of anyrate: update anyrate.',
  ],
  'distances to a joint that is not there': [
    () => withChannels({ step: 'distances', joints: ['Tail'], chunks: 1 }),
    'header, joints: expected Wrist or',
    'header, preprocessing',
  ],
  'a pose step of another kind': [
    () => withPose({ step: 'code' }),
    'header, pose: expected order-persons or resample or center or body-frame or heading, found code',
    'expected one of order-persons, resample, center, body-frame, heading, found "code". The file may come from a newer version of anyrate: update anyrate.',
  ],
  'a channel step of another kind': [
    () => withChannels({ step: 'code' }),
    'header, channels: expected positions or velocities or statistics or bone-statistics or distances',
    'expected one of positions, velocities, statistics, bone-statistics, distances, frame-positions, frame-relative, frame-bones, frame-velocities, found "code". The file may come from a newer version of anyrate: update anyrate.',
  ],
  'chunks that do not divide the frames': [() => withChannels({ step: 'positions', chunks: 3 }), 'tables', 'chunks'],
  'chunks that cancel each other': [
    () =>
      withChannels({ step: 'statistics' }, { step: 'positions', chunks: 1e11 }, { step: 'positions', chunks: -1e11 }),
    'header, chunks: expected 1 to 1024, found 100000000000',
    'header, preprocessing',
  ],
  'layers of more values than any memory has room for': [
    () =>
      headerWith((h) => {
        const wide = { kind: 'graph-convolution', heads: 1, combine: 'sum', activation: 'relu', dropout: 0 };
        const pair = [4096, 1].map((filters) => ({ ...wide, filters }));
        Object.assign(h, { layers: Array.from({ length: 8 }, () => pair).flat(), persons: 16 });
      }),
    'header, values: expected 1 to 4000000',
  ],
  'a million frames': [
    () => headerWith((h) => Object.assign(h.preprocessing, { pose: [{ step: 'resample', frames: 1e6 }] })),
    'header, frames: expected 2 to 1024',
    'header, preprocessing',
  ],
  'frames that are no number': [
    () => headerWith((h) => Object.assign(h.preprocessing, { pose: [{ step: 'resample', frames: { length: 1e9 } }] })),
    'header, frames: expected 2 to 1024, found [object Object]',
    'header, preprocessing',
  ],
  'two hundred series of 2 billion frames': [
    () =>
      headerWith((h) => {
        const channels = Array.from({ length: 200 }, () => ({ step: 'statistics' }));
        Object.assign(h.preprocessing, { pose: [{ step: 'resample', frames: 2 ** 31 }], channels });
      }),
    'header, steps: expected 1 to 16, found 200',
    'header, preprocessing',
  ],
  'more pose steps than any pipeline may have': [
    () => withPose(...Array.from({ length: 16 }, () => ({ step: 'body-frame', up: 'spine' }))),
    'header, steps: expected 1 to 16, found 17',
    'header, preprocessing.pose',
  ],
  'more classes than any network may have': [
    () => headerWith((h) => Object.assign(h, { classes: Array.from({ length: 10_001 }, () => 'c') })),
    'header, classes: expected 1 to 10000, found 10001',
    'header, classes',
  ],
  'more multiply-accumulates than any prediction may take': [
    () =>
      headerWith((h) => {
        const wide = { kind: 'graph-convolution', heads: 1, combine: 'sum', activation: 'relu', dropout: 0 };
        Object.assign(h, { persons: 16, layers: [64, 3000, 2000].map((filters) => ({ ...wide, filters })) });
      }),
    'header, operations: expected 1 to 250000000, found',
    'header, operations',
  ],
  'joints that are no list': [
    () => headerWith((h) => Object.assign(h.layout, { joints: { length: 21 } })),
    'header: expected a network, found TypeError',
    'header, layout.joints',
  ],
  'a rate in words': [
    () => headerWith((h) => Object.assign(h, { rate: '0.5' })),
    'header, rate: expected 0 up to 1, found 0.5',
    'header, rate',
  ],
  'no rate': [
    () => headerWith((h) => Object.assign(h, { rate: null })),
    'header, rate: expected 0 up to 1, found null',
    'header, rate',
  ],
  'a scale in words': [
    () => headerWith((h) => Object.assign(h, { scales: (h.scales as number[]).map(String) })),
    'header, scales: expected float32s',
    'header, scales',
  ],
  'an accuracy in words': [
    () => withAccuracy('abc'),
    'header: expected a network, found TypeError',
    'header, provenance.accuracy',
  ],
  'an accuracy above 1': [
    () => withAccuracy([{ part: 'test', split: 's', sequences: 1, rates: [0.5], accuracies: [99] }]),
    'header, accuracy: expected 0 to 1',
    'header, provenance.accuracy',
  ],
  'an accuracy of fewer rates': [
    () => withAccuracy([{ part: 'test', split: 's', sequences: 1, rates: [0.5], accuracies: [] }]),
    'header, accuracy: expected 0 to 1',
    'header, provenance.accuracy',
  ],
  'a step of int8 that makes infinite weights': [
    () => headerWith((h) => Object.assign(h, { precision: 'int8', step: 3e38 })),
    'header, scales: expected float32s, found 3.81e+40',
  ],
  'a bone to a joint that is not there': [
    () => headerWith((h) => Object.assign(h.layout, { bones: [[0, 99]] })),
    'header, layout: expected 0 to 20, found 99',
    'header, layout',
  ],
  'too many persons': [() => headerWith((h) => Object.assign(h, { persons: 1e9 })), 'header, persons'],
  'frames averaged twice': [
    () => withPose({ step: 'resample', frames: 8 }),
    'pose: expected one resample',
    'header, preprocessing.pose',
  ],
  'classes without names': [
    () => headerWith((h) => Object.assign(h, { classes: [1, 2, 3] })),
    'header, names: expected texts',
    'header, classes',
  ],
  'a rate of 1': [() => headerWith((h) => Object.assign(h, { rate: 1 })), 'header, rate: expected 0 up to 1, found 1'],
  'a rate of fewer weights than there are': [
    () => headerWith((h) => Object.assign(h, { rate: 0.999 })),
    'header, nonzeros: expected 0 to',
    'header, nonzeros',
  ],
  'a scale beyond float32': [
    () => headerWith((h) => Object.assign(h, { scales: [...(h.scales as number[]).slice(1), 1e300] })),
    'header, scales: expected float32s, found 1e+300',
    'header',
  ],
  'a temperature that float32 rounds to 0': [
    () => headerWith((h) => Object.assign(h, { temperatures: [1e-60] })),
    'header, scales: expected float32s',
    'header',
  ],
  'a temperature of 0': [
    () => headerWith((h) => Object.assign(h, { temperatures: [1, 0] })),
    'header, scales: expected float32s',
    'header, temperatures',
  ],
  'no temperature': [
    () => headerWith((h) => Object.assign(h, { temperatures: [] })),
    'header, temperatures: expected 1 to 64, found 0',
    'header, temperatures',
  ],
  'a rule with thresholds for other shares': [
    () => headerWith((h) => Object.assign(h, { stream: { rejection: { ...RULE, refused: [0.1, 0.2] } } })),
    'header, rejection: expected finite numbers, as many as shares and classes',
    'header, stream.rejection',
  ],
  'a rule with a threshold that is no number': [
    () => headerWith((h) => Object.assign(h, { stream: { rejection: { ...RULE, thresholds: [[null]] } } })),
    'header, rejection: expected finite numbers',
    'header, stream.rejection.thresholds',
  ],
  'a rule with means for other classes': [
    () => headerWith((h) => Object.assign(h, { stream: { rejection: { ...RULE, means: [[1, -1]] } } })),
    'header, rejection: expected finite numbers, as many as shares and classes',
    'header, stream.rejection.means',
  ],
  'more non-zeros than weights': [
    () => headerWith((h) => Object.assign(h, { nonzeros: 1e7 })),
    'header, nonzeros: expected 0 to',
  ],
  'a scale too few': [() => headerWith((h) => Object.assign(h, { scales: [1] })), 'header, scales'],
  'an unknown precision': [() => headerWith((h) => Object.assign(h, { precision: 'constructor' })), 'header'],
  'no tables': [() => forged({ tables: new Uint8Array() }), 'tables: expected more bytes, found the end'],
  'tables with more after them': [
    () => forged({ tables: concatenate([tables, Uint8Array.of(1)]) }),
    'tables: expected its end, found more',
  ],
  'a changed block': [() => withByte(start + 5, 255), 'block 0: expected the CRC-32 it states'],
  'a block twice': [
    () => forged({ blocks: [firstBlock, firstBlock, file.subarray(secondEnd)] }),
    firstBlock.length === secondBlock.length ? 'block 1' : 'block',
  ],
  'a weight twice': [
    () => {
      const blocks = [firstFive(firstBlock.length), firstFive(secondBlock.length), file.subarray(secondEnd)];
      return forged({ blocks });
    },
    'block 1: expected new places below',
  ],
  'a weight of NaN': [
    () => forged({ blocks: [block([0, 5], [0, 6], [0x7fc00000, 32])] }),
    'block 0: expected falling non-zero magnitudes',
  ],
  'a weight of zero': [() => forged({ blocks: [block([0, 5], [0, 6], [0, 32])] }), 'falling non-zero magnitudes'],
  'a weight outside the network': [
    () => forged({ blocks: [block([30, 5], [0, 6], [1, 32], [1, 1], [0, 1], [1, 30])] }),
    'block 0: expected new places below',
  ],
};

/** The name of an attack's file. */
export const fileOf = (attack: string) => `${attack.replaceAll(' ', '-')}.anyrate`;

/** Of each file, what is in the refusal of the runtime. */
export const errors = Object.fromEntries(Object.entries(attacks).map(([name, [, error]]) => [fileOf(name), error]));
