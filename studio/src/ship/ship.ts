// The network at the rate that was chosen, as files to take away, each format with a test of itself. Runs in the engine.
import { createPredictor, cut, decodeModel, encodeModel, exporters, exportModel, type Model } from 'anyrate/browser';
import type { EngineCalls, ShippedFile } from '../calls.js';
import { type Clip, keptPart } from '../clip.js';
import { type ProjectData, slug } from '../project.js';

/** Files of a format, and the self-test: recordings, and what the network answers to them. */
export async function ship({ data, model, rate, format }: EngineCalls['ship']['in']): Promise<readonly ShippedFile[]> {
  const small = cut(decodeModel(model, 'model'), { rate });
  const name = slug(data.project.title);
  return [...(await filesOf(small, data, format, name)), selfTest(small, data, name)];
}

/** Names inside C begin with the file's: one that C takes. */
const C_NAME = 'movements';

async function filesOf(model: Model, { clips }: ProjectData, format: string, name: string): Promise<ShippedFile[]> {
  if (format === 'anyrate') return [{ name: `${name}.anyrate`, bytes: encodeModel(model) }];
  const { extensions, options } = exporters.find((exporter) => exporter.name === format)!;
  const [clip] = clips;
  const recording = options.includes('recording') && clip && { name: clip.label, sequence: keptPart(clip) };
  const { files } = await exportModel(
    model,
    format,
    recording ? { recording } : format === 'c' ? { name: C_NAME } : {},
  );
  return files.map((bytes, i) => ({ name: `${format === 'c' ? C_NAME : name}${extensions[i]}`, bytes }));
}

/** One clip of each class, and the probabilities of all classes that the network gives it. */
function selfTest(model: Model, { clips }: ProjectData, name: string): ShippedFile {
  const { classes, layout, persons } = model.description;
  const answer = createPredictor(model);
  const chosen = classes.flatMap((label) => clips.find((clip) => clip.label === label) ?? []);
  const document = {
    classes,
    layout: layout.name,
    persons,
    joints: layout.joints,
    cases: chosen.map((clip) => ({ class: clip.label, ...framesOf(clip), scores: answer(keptPart(clip)).scores })),
  };
  return { name: `${name}.selftest.json`, bytes: new TextEncoder().encode(`${JSON.stringify(document)}\n`) };
}

/** Frames as flat numbers, x, y, z of each joint; null where a joint is lost. */
function framesOf(clip: Clip): object {
  const { frames, persons, joints, positions, seconds } = keptPart(clip);
  const size = persons * joints * 3;
  const lines = Array.from({ length: frames }, (_, frame) => [...positions.subarray(frame * size, (frame + 1) * size)]);
  return {
    frames: lines.map((line) => line.map((value) => (Number.isNaN(value) ? null : value))),
    ...(seconds && { seconds: [...seconds] }),
  };
}
