// Generated data sets of NTU RGB+D's size, in the formats in which such sets are passed on. No value of it is anybody's.
import { closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from '../../dist/runtime/file/container.js';

export const CLASSES = 60;
const JOINTS = 25;
/** Rows of CTR-GCN's arrays: two persons of 25 joints, 300 frames. */
const ROW = 2 * JOINTS * 3;
const PADDED_FRAMES = 300;
/** The last actions of NTU RGB+D are of two persons. */
const FIRST_OF_TWO = 49;

/** 40 to 120 frames, 80 in the mean. */
const framesOf = (i) => 40 + ((i * 7919) % 81);
const classOf = (i) => i % CLASSES;
const personsOf = (i) => (classOf(i) >= FIRST_OF_TWO ? 2 : 1);

/** Somebody of fixed bones who turns, bends and swings, in metres: [frame][person][joint][axis]. */
export function clip(i) {
  const [frames, persons] = [framesOf(i), personsOf(i)];
  const positions = new Float32Array(frames * persons * JOINTS * 3);
  let at = 0;
  for (let t = 0; t < frames; t++) {
    for (let person = 0; person < persons; person++) {
      const turn = 0.3 * Math.sin(t * 0.05 + i);
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      for (let joint = 0; joint < JOINTS; joint++) {
        const swing = 0.1 * Math.sin(t * 0.02 * (1 + classOf(i)) + joint + i * 0.7);
        const x = ((joint * 7) % 11) / 11 - 0.5 + person;
        const z = ((joint * 5) % 7) / 35 + swing;
        positions[at++] = x * cos - z * sin;
        positions[at++] = joint / 15 - 0.8 + 0.05 * swing;
        positions[at++] = 3 + x * sin + z * cos;
      }
    }
  }
  return { frames, persons, label: classOf(i), positions };
}

const padded = (number, digits = 3) => String(number).padStart(digits, '0');
const nameOf = (i) =>
  `S${padded(1 + (i % 17))}C${padded(1 + (i % 3))}P${padded(1 + (i % 40))}R${padded(Math.floor(i / 120) % 1000)}A${padded(1 + classOf(i))}`;

/** Raw .skeleton files; the texts of the first ones come again under other names. */
export function writeSkeletons(folder, count, texts = 200) {
  mkdirSync(folder, { recursive: true });
  const known = Array.from({ length: Math.min(count, texts) }, (_, i) => skeletonText(i));
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const text = known[i % known.length];
    bytes += text.length;
    writeFileSync(join(folder, `${nameOf(i)}.skeleton`), text);
  }
  return bytes;
}

function skeletonText(i) {
  const { frames, persons, positions } = clip(i);
  const lines = [String(frames)];
  for (let t = 0; t < frames; t++) {
    lines.push(String(persons));
    for (let person = 0; person < persons; person++) {
      lines.push(`7205759403793110${person} 0 1 1 0 0 0 0.02764709 0.05745083 2`, String(JOINTS));
      for (let joint = 0; joint < JOINTS; joint++) {
        const at = ((t * persons + person) * JOINTS + joint) * 3;
        const [x, y, z] = positions.subarray(at, at + 3);
        const point = [x, y, z, 255 + 120 * x, 210 - 120 * y, 960 + 350 * x, 540 - 350 * y].map((value) =>
          value.toPrecision(7),
        );
        lines.push(`${point.join(' ')} -0.2059419 0.05349901 0.9692109 -0.1239193 2`);
      }
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Kinetics-skeleton's clips: 300 frames, 18 joints of OpenPose, one or two persons. */
export function writeKinetics(folder, count, texts = 100) {
  for (const part of ['kinetics_train', 'kinetics_val']) mkdirSync(join(folder, part), { recursive: true });
  const known = Array.from({ length: Math.min(count, texts) }, (_, i) => kineticsText(i));
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const text = known[i % known.length];
    bytes += text.length;
    writeFileSync(join(folder, i % 20 === 0 ? 'kinetics_val' : 'kinetics_train', `clip${i}.json`), text);
  }
  return bytes;
}

function kineticsText(i) {
  const skeletonAt = (t, person) => {
    const pose = Array.from({ length: 36 }, (_, k) =>
      Number((0.5 + 0.3 * Math.sin(k + person + t * 0.05 + i)).toFixed(3)),
    );
    return { pose, score: Array.from({ length: 18 }, (_, k) => Number((0.6 + 0.3 * Math.sin(k + i)).toFixed(3))) };
  };
  const data = Array.from({ length: PADDED_FRAMES }, (_, t) => ({
    frame_index: t + 1,
    skeleton: Array.from({ length: 1 + (i % 2) }, (_, person) => skeletonAt(t, person)),
  }));
  return JSON.stringify({ data, label: `action ${i % 40}`, label_index: i % 40 });
}

/** PYSKL's pickle, protocol 4: {split, annotations}, keypoints float32 (persons, frames, joints, 3). */
export function writePickle(path, count) {
  const file = openSync(path, 'w');
  const push = (...parts) =>
    writeSync(
      file,
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))),
    );
  const text = (value) => Buffer.concat([Buffer.from([0x8c, value.length]), Buffer.from(value)]);
  const int = (value) => Buffer.from([0x4d, value & 255, value >> 8]);
  const dtype = [
    'cnumpy\ndtype\n',
    text('f4'),
    '\x89\x88\x87R(',
    'K\x03',
    text('<'),
    'NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb',
  ];
  const names = Array.from({ length: count }, (_, i) => nameOf(i));
  push('\x80\x04}(', text('split'), '}(');
  for (const [part, isTest] of [
    ['xsub_train', false],
    ['xsub_val', true],
  ]) {
    push(text(part), '](');
    for (const [i, name] of names.entries()) if ((i % 20 === 0) === isTest) push(text(name));
    push('e');
  }
  push('u', text('annotations'), '](');
  for (let i = 0; i < count; i++) {
    const { frames, persons, label, positions } = clip(i);
    const values = new Float32Array(positions.length);
    const width = JOINTS * 3;
    for (let m = 0; m < persons; m++) {
      for (let t = 0; t < frames; t++)
        values.set(
          positions.subarray((t * persons + m) * width, (t * persons + m + 1) * width),
          (m * frames + t) * width,
        );
    }
    const bytes = Buffer.from(values.buffer);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    push(
      '}(',
      text('frame_dir'),
      text(names[i]),
      text('label'),
      int(label),
      text('total_frames'),
      int(frames),
      text('keypoint'),
    );
    push(
      'cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n',
      'K\x00\x85',
      'C\x01b',
      '\x87R(K\x01(',
      int(persons),
      int(frames),
      int(JOINTS),
      int(3),
      't',
    );
    push(...dtype, '\x89B', length, bytes, 'tbu');
  }
  push('eu.');
  closeSync(file);
  return statSync(path).size;
}

/** CTR-GCN's npz: x_train and x_test (recordings, 300, 150), padded with zeros, and labels as a one among zeros. */
export function writeNpz(path, train, test) {
  const file = openSync(path, 'w');
  const entries = [];
  let offset = 0;
  const write = (bytes) => {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    offset += bytes.length;
  };
  const entry = (name, descr, shape, bytesOfEach, rows) => {
    const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
    const text = `${dict.padEnd(117)}\n`;
    const head = Buffer.concat([Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0]), Buffer.from(text)]);
    const size = head.length + bytesOfEach * shape[0];
    entries.push({ name, size, offset });
    write(localHead(name, size));
    write(head);
    for (const row of rows) write(row);
  };
  for (const [part, first, count] of [
    ['train', 0, train],
    ['test', train, test],
  ]) {
    entry(`x_${part}.npy`, '<f4', [count, PADDED_FRAMES, ROW], PADDED_FRAMES * ROW * 4, paddedRows(first, count));
    entry(`y_${part}.npy`, '<f8', [count, CLASSES], CLASSES * 8, oneHot(first, count));
  }
  const start = offset;
  for (const one of entries) write(centralHead(one));
  write(endOf(entries.length, offset - start, start));
  closeSync(file);
  return offset;
}

function* paddedRows(first, count) {
  for (let i = first; i < first + count; i++) {
    const { frames, persons, positions } = clip(i);
    const row = new Float32Array(PADDED_FRAMES * ROW);
    const width = persons * JOINTS * 3;
    for (let t = 0; t < frames; t++) row.set(positions.subarray(t * width, (t + 1) * width), t * ROW);
    yield new Uint8Array(row.buffer);
  }
}

function* oneHot(first, count) {
  for (let i = first; i < first + count; i++) {
    const row = new Float64Array(CLASSES);
    row[classOf(i)] = 1;
    yield new Uint8Array(row.buffer);
  }
}

/** Heads of a zip64 archive whose entries are stored as they are; their sums are not written. */
function localHead(name, size) {
  const head = Buffer.alloc(30 + name.length + 20);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(45, 4);
  head.writeUInt32LE(crc32(new Uint8Array(0)), 14);
  head.writeUInt32LE(0xffffffff, 18);
  head.writeUInt32LE(0xffffffff, 22);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(20, 28);
  head.write(name, 30);
  head.writeUInt16LE(1, 30 + name.length);
  head.writeUInt16LE(16, 32 + name.length);
  head.writeBigUInt64LE(BigInt(size), 34 + name.length);
  head.writeBigUInt64LE(BigInt(size), 42 + name.length);
  return head;
}

function centralHead({ name, size, offset }) {
  const head = Buffer.alloc(46 + name.length + 28);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(45, 4);
  head.writeUInt16LE(45, 6);
  head.writeUInt32LE(0xffffffff, 20);
  head.writeUInt32LE(0xffffffff, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(28, 30);
  head.writeUInt32LE(0xffffffff, 42);
  head.write(name, 46);
  head.writeUInt16LE(1, 46 + name.length);
  head.writeUInt16LE(24, 48 + name.length);
  for (const [k, value] of [size, size, offset].entries())
    head.writeBigUInt64LE(BigInt(value), 50 + name.length + 8 * k);
  return head;
}

function endOf(count, bytes, start) {
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(bytes), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(start + bytes), 64);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.writeUInt16LE(0xffff, 84);
  end.writeUInt16LE(0xffff, 86);
  end.writeUInt32LE(0xffffffff, 88);
  end.writeUInt32LE(0xffffffff, 92);
  return end;
}
