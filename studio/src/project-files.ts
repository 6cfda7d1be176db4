// A project as the files of a folder, which `anyrate train` reads as they are. Whatever trains, in the page or in Node, reads
// these files: hence the same bytes.
import { type Layout, layouts, type RecordingFile } from 'anyrate/browser';
import { type Clip, keptPart } from './clip.js';
import { type ClipFacts, PROJECT_FILE, PROJECT_VERSION, type Project, type ProjectData, slug } from './project.js';

/** The files of a project: project.json, dataset.json, and a file for each recording. */
export function projectFiles({ project, clips }: ProjectData): Map<string, string> {
  const facts = clips.map((clip): ClipFacts => {
    const { id, label, person, source } = clip;
    return { id, label, person, source, path: pathOf(clip) };
  });
  const document = { version: PROJECT_VERSION, ...project, clips: facts };
  return new Map([
    [PROJECT_FILE, `${JSON.stringify(document, null, 1)}\n`],
    ['dataset.json', `${JSON.stringify(description({ project, clips }), null, 1)}\n`],
    ...clips.map((clip) => [pathOf(clip), recordingText(clip, project)] as const),
  ]);
}

/** The files as anyrate's readers take them. */
export function asRecordingFiles(files: ReadonlyMap<string, string>): RecordingFile[] {
  const encoder = new TextEncoder();
  return [...files].map(([path, text]) => {
    const bytes = encoder.encode(text);
    return { path, bytes: bytes.length, read: async (start = 0, end = bytes.length) => bytes.subarray(start, end) };
  });
}

/** dataset.json; a class without recordings is not in it yet. */
function description({ project, clips }: ProjectData): object {
  const { title, licence, layout, persons, unit, nothing } = project;
  const labels = new Set(clips.map(({ label }) => label));
  const classes = project.classes.filter((name) => labels.has(name));
  return {
    name: slug(title),
    title,
    ...(licence !== '' && { licence }),
    ...(layout !== undefined && { layout: layoutDescription(layout) }),
    persons,
    unit,
    ...(classes.length > 1 && { classes }),
    nothing: nothing.filter((name) => classes.includes(name)),
    leaveOut: [PROJECT_FILE],
  };
}

/** A layout as dataset.json has it: by its name where MediaPipe's or Kinect's, else written out. */
function layoutDescription(layout: Layout): unknown {
  const { name, joints, bones, mirror, anchors } = layout;
  if (isBuiltin(layout)) return name;
  const parents = new Map(bones);
  const named = (group: readonly number[]) => group.map((joint) => joints[joint]);
  return {
    name,
    joints: joints.map((joint, i) => [joint, parents.has(i) ? joints[parents.get(i)!] : null]),
    mirror: mirror.flatMap((image, i) => (i < image ? [[joints[i], joints[image]]] : [])),
    anchors: {
      root: named(anchors.root),
      top: named(anchors.top),
      left: named(anchors.left),
      right: named(anchors.right),
    },
  };
}

/** Whether every anyrate knows a layout by its name. */
function isBuiltin({ name }: Layout): boolean {
  return layouts.some((layout) => layout.name === name);
}

/** <class>/<person>/<id>.json, as docs/data.md has it. */
function pathOf({ id, label, person }: Clip): string {
  return [label, person, `${id}.json`]
    .filter((part) => part !== '')
    .map(slug)
    .join('/');
}

/** The clip that a sample of the data set is, by its path. */
export function clipIdOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
}

function recordingText(clip: Clip, { unit, layout }: Project): string {
  const { frames, persons, joints, positions, seconds } = keptPart(clip);
  const facts = {
    ...(layout !== undefined && isBuiltin(layout) && { layout: layout.name }),
    unit,
    persons,
    label: clip.label,
    ...(clip.person !== '' && { subject: clip.person }),
    ...(seconds !== undefined && { seconds: Array.from(seconds, (time) => Number(time.toFixed(4))) }),
  };
  const lines = Array.from({ length: frames }, (_, frame) =>
    frameText(positions, frame * persons * joints * 3, persons * joints),
  );
  return `${JSON.stringify(facts).slice(0, -1)},"frames":[\n${lines.join(',\n')}\n]}\n`;
}

/** Joints of all persons after one another; null for a lost one. */
function frameText(positions: Float32Array, start: number, nodes: number): string {
  const joints = Array.from({ length: nodes }, (_, node) => {
    const point = Array.from(positions.subarray(start + node * 3, start + node * 3 + 3), shortest);
    return point.some(Number.isNaN) ? 'null' : `[${point.join(',')}]`;
  });
  return `[${joints.join(',')}]`;
}

/** The shortest decimal that is read as the same float32. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
