import { expect, test } from 'vitest';
import { Random } from '../src/core/random.js';
import type { Dataset, Sample } from '../src/data/dataset.js';
import { selectSplit } from '../src/data/splits.js';
import { answerStream } from '../src/evaluate/stream/answer-stream.js';
import { fitThresholds } from '../src/evaluate/stream/fit-thresholds.js';
import { scoreStreams } from '../src/evaluate/stream/score-streams.js';
import { validationStreams } from '../src/evaluate/stream/validation-streams.js';
import { decodeModel, encodeModel } from '../src/model/file/file.js';
import { runExperiment } from '../src/run/node/experiment.js';
import { RuntimeModel } from '../src/runtime/model.js';
import { toyDataset, toyRecipe } from './support/toy.js';

const JOINTS = 21;
const RATE = 20;
/** Frames of a movement and of what is between two. */
const [LENGTH, PAUSE] = [20, 100];

/** Recordings of eight people: six movements along x or y, and the hand at rest between them. */
function streams(): Dataset {
  const random = new Random(3);
  const toy = toyDataset(8);
  const samples = toy.samples.flatMap((_, person): Sample[] => {
    const frames = 6 * (LENGTH + PAUSE) + PAUSE;
    const positions = Float32Array.from({ length: frames * JOINTS * 3 }, (_, at) => {
      const frame = Math.floor(at / (JOINTS * 3));
      const [turn, place] = [Math.floor((frame - PAUSE) / (LENGTH + PAUSE)), (frame - PAUSE) % (LENGTH + PAUSE)];
      const moves = frame >= PAUSE && place < LENGTH && at % 3 === turn % 2;
      return Math.sin(at % (JOINTS * 3)) + (moves ? Math.sin(place / 3) : 0) + 0.05 * random.normal();
    });
    const sequence = {
      frames,
      persons: 1,
      joints: JOINTS,
      positions,
      seconds: Float64Array.from({ length: frames }, (_, i) => i / RATE),
    };
    const part = (label: number, first: number, length: number): Sample => ({
      ...sequence,
      id: `person-${person}#${first / RATE}-${(first + length - 1) / RATE}`,
      label,
      subject: `person-${person}`,
      frames: length,
      positions: positions.slice(first * JOINTS * 3, (first + length) * JOINTS * 3),
      seconds: sequence.seconds.slice(first, first + length),
      within: { sequence, first },
    });
    return Array.from({ length: 6 }, (_, turn) => turn * (LENGTH + PAUSE)).flatMap((first, turn) => [
      part(2, first, PAUSE),
      part(turn % 2, first + PAUSE, LENGTH),
    ]);
  });
  const [train, test] = [0, 1].map((isTest) =>
    [...samples.keys()].filter((i) => +(samples[i].subject === 'person-7') === isTest),
  );
  const splits = [{ name: 'people', description: 'the last one tests', train, test }];
  return { ...toy, classes: ['x', 'y', 'rest'], nothing: ['rest'], samples, splits };
}

const dataset = streams();
const recipe = toyRecipe({ calibrate: true, augmentation: [{ step: 'windows' }] }, { epochs: 60 });
const { networks } = await runExperiment(recipe, dataset);
const [{ model, validation }] = networks;

test('a training that calibrates states thresholds of a stream, chosen on validation, with what they find', () => {
  const { choice, alarms, score } = validation!.thresholds!;
  const { stream } = validation!.model.description;
  expect(alarms).toBe(1);
  expect(stream!.smoothing).toBe(choice.smoothing);
  expect(stream!.rejection!.share).toBeUndefined();
  expect(stream!.spotting!.enter).toBe(choice.enter);
  expect(stream!.spotting!.leave).toBeCloseTo(choice.enter * choice.leave, 3);
  // Two of seven people validate: 12 movements, and 5 s seven times in each recording.
  expect(score).toMatchObject({ segments: 12, minutesBetween: 1.17 });
  expect(score.found).toBeGreaterThan(6);
  expect(score.alarmsPerMinute).toBeLessThanOrEqual(1);
});

test('the network of all recordings inherits them, and its file keeps them', () => {
  const { smoothing, spotting, rejection } = validation!.model.description.stream!;
  expect(model.description.stream).toMatchObject({ smoothing, spotting });
  expect(model.description.stream!.rejection).toEqual(rejection);
  expect(networks[0].thresholds).toBeUndefined();
  expect(decodeModel(encodeModel(model), 'file').description.stream).toEqual(model.description.stream);
});

test('what was measured is what the recogniser of the file then finds', () => {
  const runtime = new RuntimeModel(encodeModel(validation!.model));
  const known = validationStreams(dataset, selectSplit(dataset, validation!.report.split).test, 0);
  const answered = [0, 0.9, 0.98].flatMap((rate) =>
    known.map((stream) => ({ ...stream, movements: answerStream(runtime.view(rate), stream.frames) })),
  );
  const { found, falsePositives, alarmsPerMinute } = scoreStreams(answered, 'overlap');
  const { score } = validation!.thresholds!;
  expect(found / 3).toBeCloseTo(score.found, 2);
  expect(falsePositives / 3).toBeCloseTo(score.falsePositives, 2);
  expect(alarmsPerMinute).toBeCloseTo(score.alarmsPerMinute, 2);
});

test('a recipe says how many alarms, and what it states stays', () => {
  const stated = { smoothing: 0.4, spotting: { enter: 0.7 } };
  const { model: fitted, fitted: facts } = fitThresholds(
    validation!.model,
    validationStreams(dataset, [...dataset.samples.keys()], 0),
    {
      alarms: 0,
      stated,
    },
  );
  expect(facts!.alarms).toBe(0);
  expect(fitted.description.stream).toMatchObject({ smoothing: 0.4, spotting: { enter: 0.7 } });
  expect(fitted.description.stream!.spotting!.leave).toBeUndefined();
});

test('without stretches between movements, or without movements, nothing is chosen', () => {
  const bare = validation!.model;
  const clips = dataset.samples.map(({ within: _, ...sample }) => sample);
  const moving = [...clips.keys()].filter((i) => clips[i].label < 2);
  expect(fitThresholds(bare, validationStreams({ ...dataset, samples: clips }, moving, 0))).toEqual({ model: bare });
  const resting = [...clips.keys()].filter((i) => clips[i].label === 2);
  expect(fitThresholds(bare, validationStreams({ ...dataset, samples: clips }, resting, 0))).toEqual({ model: bare });
  expect(fitThresholds(bare, [])).toEqual({ model: bare });
});
