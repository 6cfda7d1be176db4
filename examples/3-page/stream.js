/* global Plot */
import { Spotter } from 'anyrate/movements';
import { Recognizer } from 'anyrate/runtime';

const FRAMES_PER_SECOND = 30;
/** Seconds without anybody between two recordings. */
const PAUSE = 1;

/** Pushes all recordings, one after another, frame by frame: what was recorded when, and which movements a view finds. */
export function recogniseAll(view, recordings) {
  const found = [];
  const recognizer = new Recognizer(view, { movements: Spotter, onMovement: (movement) => found.push(movement) });
  let seconds = 0;
  const truth = recordings.map(({ label, persons, joints, positions }) => {
    const start = seconds;
    for (let at = 0; at < positions.length; at += persons * joints * 3) {
      recognizer.push(positions.subarray(at, at + persons * joints * 3), seconds);
      seconds += 1 / FRAMES_PER_SECOND;
    }
    const end = seconds;
    seconds += PAUSE;
    recognizer.push(null, seconds);
    return { name: view.classes[label], start, end };
  });
  recognizer.finish();
  const isRight = ({ name, start, end }) => truth.some((t) => t.name === name && t.start < end && start < t.end);
  const movements = found.map((movement) => ({ ...movement, isRight: isRight(movement) }));
  const isFound = ({ name, start, end }) => movements.some((m) => m.name === name && m.start < end && start < m.end);
  return { truth, movements, count: truth.filter(isFound).length, seconds };
}

/** A time line: what was recorded above, what was recognised below. */
export function plotStream(parent, { truth, movements, seconds }) {
  const bar = { x1: 'start', x2: 'end', insetTop: 4, insetBottom: 4, title: ({ name }) => name };
  const plot = Plot.plot({
    width: 1000,
    height: 130,
    marginLeft: 84,
    marginRight: 8,
    ariaLabel: 'recorded and recognised movements over time',
    style: { background: 'none', fontSize: '12px' },
    x: { domain: [0, seconds], label: null, tickFormat: (x) => `${x} s` },
    y: { domain: ['recorded', 'recognised'], label: null },
    marks: [
      Plot.barX(truth, { ...bar, y: () => 'recorded', fill: 'currentColor', fillOpacity: 0.35, tip: true }),
      Plot.barX(movements, {
        ...bar,
        y: () => 'recognised',
        fill: ({ isRight }) => (isRight ? 'var(--accent)' : 'none'),
        stroke: ({ isRight }) => (isRight ? 'var(--accent)' : 'currentColor'),
        tip: true,
      }),
    ],
  });
  parent.replaceChildren(plot);
}
