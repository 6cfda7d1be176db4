/** The contact sheet's script: a canvas for each recording, under the heading of its class. */
import type { Skeleton } from '../../../runtime/skeleton/sequence.js';
import { SkeletonPlayer } from '../../skeleton-player.js';
import type { SheetRecording } from '../contact-sheet.js';

interface Sheet {
  readonly skeleton: Skeleton;
  readonly classes: readonly string[];
  readonly recordings: readonly SheetRecording[];
}

const { skeleton, classes, recordings } = JSON.parse(document.getElementById('recordings')!.textContent!) as Sheet;
const main = document.querySelector('main')!;

for (const name of classes) {
  const section = document.createElement('section');
  const heading = document.createElement('h2');
  heading.textContent = name;
  const row = document.createElement('div');
  row.className = 'row';
  section.append(heading, row);
  main.append(section);
  for (const recording of recordings) if (recording.class === name) row.append(figureOf(recording));
}

function figureOf({ name, ...recording }: SheetRecording): HTMLElement {
  const figure = document.createElement('figure');
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `The movement of ${name}`);
  const caption = document.createElement('figcaption');
  caption.textContent = name;
  figure.append(canvas, caption);
  const { framesPerSecond, positions } = recording;
  new SkeletonPlayer(canvas, skeleton, { framesPerSecond }).play({
    ...recording,
    positions: Float32Array.from(positions),
  });
  return figure;
}
