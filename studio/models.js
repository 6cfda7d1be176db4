// Models of landmarks as tasks-vision takes them, out of the packages of the older solutions: each is given the metadata that
// it lacks, and a detector and its landmarks are packed as one .task, which is a zip of stored files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { Builder } from 'flatbuffers';

const packages = createRequire(import.meta.url);

/** Pixels become (value - mean) / deviation. */
const SHARES = { mean: 0, deviation: 255 };
const AROUND_ZERO = { mean: 127.5, deviation: 127.5 };

/** Where the lighter detector of palms lies inside the assets of @mediapipe/hands. */
const PALMS = { start: 2341291, end: 4326731 };

/** Writes hand.task and pose.task into a folder. */
export function writeModels(folder) {
  mkdirSync(folder, { recursive: true });
  const palms = file('@mediapipe/hands', 'hands_solution_packed_assets.data').subarray(PALMS.start, PALMS.end);
  writeTask(join(folder, 'hand.task'), {
    'hand_detector.tflite': withMetadata(palms, SHARES),
    'hand_landmarks_detector.tflite': withMetadata(file('@mediapipe/hands', 'hand_landmark_lite.tflite'), SHARES),
  });
  writeTask(join(folder, 'pose.task'), {
    'pose_detector.tflite': withMetadata(file('@mediapipe/pose', 'pose_solution_packed_assets.data'), AROUND_ZERO),
    'pose_landmarks_detector.tflite': withMetadata(file('@mediapipe/pose', 'pose_landmark_lite.tflite'), SHARES),
  });
}

function file(name, path) {
  return new Uint8Array(readFileSync(join(dirname(packages.resolve(`${name}/package.json`)), path)));
}

function writeTask(path, files) {
  writeFileSync(path, zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) }));
}

/** Fields of the root table of a TensorFlow Lite file, and of a flatbuffer in general. */
const FIELDS = 8;
const [VERSION, BUFFERS, METADATA] = [0, 4, 6];
const NAME = 'TFLITE_METADATA\0';

/**
 * The model with a buffer of metadata. A flatbuffer refers forward alone: a new root comes before the old bytes, which are
 * moved as one block, and has all that the old root had, with one more buffer and one more entry of metadata.
 */
function withMetadata(model, { mean, deviation }) {
  const bytes = imageMetadata(mean, deviation);
  const old = new DataView(model.buffer, model.byteOffset, model.byteLength);
  const fields = fieldsOf(old);
  const buffers = vectorOf(old, fields[BUFFERS]);
  const metadata = fields[METADATA] === 0 ? [] : vectorOf(old, fields[METADATA]);
  const at = placesFor(buffers.length + 1, metadata.length + 1, bytes.length);
  const out = new Uint8Array(at.old + model.length);
  out.set(model, at.old);
  out.set(bytes, at.data + 4);
  out.set(new TextEncoder().encode(`TFL3`), 4);
  out.set(new TextEncoder().encode(NAME), at.name + 4);
  const view = new DataView(out.buffer);
  const refer = (place, target) => view.setUint32(place, target - place, true);
  refer(0, at.root);
  const present = (field) => field === BUFFERS || field === METADATA || fields[field] !== 0;
  const offsets = Array.from({ length: FIELDS }, (_, field) => (present(field) ? 4 + field * 4 : 0));
  table(view, at.rootShape, at.root, 4 + FIELDS * 4, offsets);
  for (let field = 0; field < FIELDS; field++) {
    const place = at.root + 4 + field * 4;
    if (field === VERSION)
      view.setUint32(place, fields[VERSION] === 0 ? 0 : old.getUint32(fields[VERSION], true), true);
    else if (field === BUFFERS) refer(place, at.buffers);
    else if (field === METADATA) refer(place, at.metadata);
    else if (fields[field] !== 0) refer(place, at.old + target(old, fields[field]));
  }
  vector(view, at.buffers, [...buffers.map((place) => at.old + place), at.buffer]);
  vector(view, at.metadata, [...metadata.map((place) => at.old + place), at.entry]);
  table(view, at.bufferShape, at.buffer, 8, [4]);
  refer(at.buffer + 4, at.data);
  table(view, at.entryShape, at.entry, 12, [4, 8]);
  refer(at.entry + 4, at.name);
  view.setUint32(at.entry + 8, buffers.length, true);
  view.setUint32(at.name, NAME.length - 1, true);
  view.setUint32(at.data, bytes.length, true);
  return out;
}

/** Where the parts of the new front lie; data of buffers is at multiples of 16, and so is the old file. */
function placesFor(buffers, metadata, bytes) {
  const place = { rootShape: 8, root: 28, buffers: 64 };
  place.metadata = place.buffers + 4 + buffers * 4;
  place.bufferShape = place.metadata + 4 + metadata * 4;
  place.buffer = place.bufferShape + 8;
  place.entryShape = place.buffer + 8;
  place.entry = place.entryShape + 8;
  place.name = place.entry + 12;
  place.data = aligned(place.name + 4 + NAME.length + 4) - 4;
  place.old = aligned(place.data + 4 + bytes);
  return place;
}

function aligned(place) {
  return Math.ceil(place / 16) * 16;
}

/** Places of the root's fields; 0 where one is absent. */
function fieldsOf(view) {
  const root = target(view, 0);
  const shape = root - view.getInt32(root, true);
  const size = view.getUint16(shape, true);
  return Array.from({ length: FIELDS }, (_, field) => {
    const offset = 4 + field * 2 < size ? view.getUint16(shape + 4 + field * 2, true) : 0;
    return offset === 0 ? 0 : root + offset;
  });
}

function target(view, place) {
  return place + view.getUint32(place, true);
}

/** Places of the tables that a field lists. */
function vectorOf(view, field) {
  const start = target(view, field);
  return Array.from({ length: view.getUint32(start, true) }, (_, i) => target(view, start + 4 + i * 4));
}

function vector(view, place, targets) {
  view.setUint32(place, targets.length, true);
  for (const [i, goal] of targets.entries()) view.setUint32(place + 4 + i * 4, goal - (place + 4 + i * 4), true);
}

/** Writes the shape of a table, and at the table's place the way back to it. */
function table(view, shape, place, bytes, offsets) {
  view.setUint16(shape, 4 + offsets.length * 2, true);
  view.setUint16(shape + 2, bytes, true);
  for (const [i, offset] of offsets.entries()) view.setUint16(shape + 4 + i * 2, offset, true);
  view.setInt32(place, place - shape, true);
}

/** Metadata that says one thing: the input is an RGB image, whose values are normalised so. */
function imageMetadata(mean, deviation) {
  const builder = new Builder(256);
  const floats = (value) => {
    builder.startVector(4, 1, 4);
    builder.addFloat32(value);
    return builder.endVector();
  };
  const record = (size, ...fields) => {
    builder.startObject(size);
    for (const [field, offset] of fields) builder.addFieldOffset(field, offset, 0);
    return builder.endObject();
  };
  const choice = (size, type, offset) => {
    builder.startObject(size);
    builder.addFieldInt8(0, type, 0);
    builder.addFieldOffset(1, offset, 0);
    return builder.endObject();
  };
  const list = (offset) => {
    builder.startVector(4, 1, 4);
    builder.addOffset(offset);
    return builder.endVector();
  };
  const normalisation = record(2, [0, floats(mean)], [1, floats(deviation)]);
  const units = list(choice(2, 1, normalisation));
  builder.startObject(2);
  builder.addFieldInt8(0, 1, 0); // RGB
  const content = choice(3, 2, builder.endObject());
  const inputs = list(record(7, [3, content], [4, units]));
  const graphs = list(record(4, [2, inputs]));
  builder.finish(record(8, [3, graphs]), 'M001');
  return builder.asUint8Array();
}
