// Makes the shipped data sets, data/<set>.anyset, their licence notes and data/checksums.json from the originals.
// Usage, after a build: node scripts/pack-data.js --from DIR
// DIR holds irds-original.tar.xz and ui-prmd-vicon-original.tar.xz, or what they unpack to: irds/ and Positions/.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeAnyset, encodeAnyset } from '../dist/data/anyset/anyset.js';
import { condense } from '../dist/data/condense.js';
import { listFolder } from '../dist/data/node/folder.js';
import { readFolder, recognise } from '../dist/data/recognise.js';

const DATA_FOLDER = new URL('../data/', import.meta.url);
const MAX_FRAMES = 64;
const MILLIMETRES = { metre: 1000, millimetre: 1 };

/** Step is in the unit of the set; terms, origin and copy go into the licence note. */
const SETS = [
  {
    name: 'irds',
    folder: 'irds',
    archive: 'irds-original.tar.xz',
    step: 0.004,
    origin: 'https://zenodo.org/records/4610859 (SkeletonData/Simplified)',
    copy: 'github.com/vehnil/PTplay, commit 56487937ca520dc9fe6981427f5fd253ce8bb4c5',
    terms: 'Creative Commons Attribution 4.0 International, https://creativecommons.org/licenses/by/4.0/',
  },
  {
    name: 'ui-prmd',
    folder: 'Positions',
    archive: 'ui-prmd-vicon-original.tar.xz',
    step: 2,
    origin: 'https://webpages.uidaho.edu/ui-prmd/ (Segmented Movements, Vicon, Positions)',
    copy: 'github.com/niemasd/UI-PRMD-Analysis, commit 2c5bf130697b4dd7c6aafc1e75f5cb4b60f651c3',
    terms: 'Open Data Commons Public Domain Dedication and License 1.0, https://opendatacommons.org/licenses/pddl/1-0/',
  },
];

const { values } = parseArgs({ options: { from: { type: 'string', default: '../shared/data' } } });
mkdirSync(DATA_FOLDER, { recursive: true });
const checksums = {};
for (const set of SETS) checksums[`${set.name}.anyset`] = await packSet(set, values.from);
write('checksums.json', `${JSON.stringify(checksums, null, 2)}\n`);

/** Writes one set and its licence note; returns its entry of checksums.json. */
async function packSet(set, from) {
  const archive = join(from, set.archive);
  const unpacked = existsSync(archive) ? unpack(archive) : from;
  const folder = join(unpacked, set.folder);
  const entries = listFolder(folder);
  const original = await readFolder(entries, folder);
  const sequences = await digestSequences(entries, folder);
  if (unpacked !== from) rmSync(unpacked, { recursive: true });

  const condensed = condense(original, MAX_FRAMES, describeChanges(original, set.step));
  const file = encodeAnyset(condensed, set.step);
  const error = positionError(condensed, decodeAnyset(file, set.name));
  write(`${set.name}.anyset`, file);
  write(`${set.name}.LICENSE.md`, licenceNote(set, condensed, error));
  console.log(`${set.name}: ${condensed.samples.length} sequences, ${file.length} bytes, ${describeError(error)}`);
  return {
    bytes: file.length,
    sha256: sha256(file),
    source: { archive: set.archive, sha256: existsSync(archive) ? sha256(readFileSync(archive)) : null, sequences },
  };
}

function unpack(archive) {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-pack-'));
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  return folder;
}

/** SHA-256 over `<sha256 of the file>  <path>` lines of all sequence files, sorted by path (as sha256sum prints them). */
async function digestSequences(entries, folder) {
  const format = recognise(entries, folder);
  const lines = [];
  for (const entry of entries.filter(({ path }) => format.matches(path))) {
    lines.push(`${sha256(await entry.read())}  ${entry.path}\n`);
  }
  return { files: lines.length, sha256: sha256(lines.join('')) };
}

function describeChanges({ unit }, step) {
  const millimetres = step * MILLIMETRES[unit];
  return (
    `Sequences longer than ${MAX_FRAMES} frames are averaged over ${MAX_FRAMES} equal parts of their time; ` +
    `coordinates are rounded to multiples of ${millimetres} mm.`
  );
}

/** Largest and root mean square error of a coordinate, in millimetres, by the packing (beyond the averaging in time). */
function positionError(before, after) {
  let squares = 0;
  let count = 0;
  let max = 0;
  for (const [s, { positions }] of before.samples.entries()) {
    for (const [i, value] of positions.entries()) {
      const error = Math.abs(value - after.samples[s].positions[i]) * MILLIMETRES[before.unit];
      squares += error * error;
      max = Math.max(max, error);
    }
    count += positions.length;
  }
  return { max, rms: Math.sqrt(squares / count) };
}

function describeError({ max, rms }) {
  return `error of a coordinate at most ${max.toFixed(2)} mm, ${rms.toFixed(2)} mm root mean square`;
}

function licenceNote(set, dataset, error) {
  return `# ${set.name}.anyset

${dataset.title}

- Licence: ${set.terms}
- Attribution: ${dataset.citation}
- Origin: ${set.origin}
- Copy that was packed: ${set.copy}

This file is a changed copy of the original data. The changes, made by the anyrate project:

- Text files became one binary file (\`src/data/anyset/container.ts\` documents it).
- ${dataset.note}
  The rounding makes an ${describeError(error)}.
- Timestamps, depth images, joint angles and other recordings of the data set are not included.
- Left out: ${describeSkipped(dataset.skipped)}
- Classes have names in place of numbers; the divisions into training and test data were added.

The authors of the data neither made nor endorse these changes.
`;
}

function describeSkipped(skipped) {
  const reasons = new Map();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [...reasons].map(([reason, count]) => `${count} files (${reason})`).join('; ') || 'no sequence.';
}

function write(name, content) {
  writeFileSync(new URL(name, DATA_FOLDER), content);
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
