// Hands that move, made by a few sines, for tests: whoever performs has a size, a place and a pace of his own.

/** What the hands of tests perform. */
export const MOVEMENTS = ['wave', 'nod', 'circle', 'grow'] as const;

/** One more, which is recorded later. */
export const LATER = 'shake';

export type Movement = (typeof MOVEMENTS)[number] | typeof LATER;

/** Joints of a hand: the wrist, and four joints on each of five rays. */
const JOINTS = 21;

/**
 * A hand at a moment of a movement: [joints][x, y, z] in shares of a picture's height.
 * @param phase of the movement, from 0 to 1
 * @param who 0, 1, 2 …: a person
 * @param take 0, 1, 2 …: no two recordings are the same
 */
export function handAt(movement: Movement, phase: number, who: number, take: number): number[] {
  const turn = 2 * Math.PI * phase;
  const swing = 0.2 * Math.sin(turn) * (1 + 0.1 * Math.sin(take));
  const [dx, dy] = {
    wave: [swing, 0],
    nod: [0, swing],
    circle: [0.15 * Math.cos(turn), 0.15 * Math.sin(turn)],
    grow: [0, 0],
    shake: [0.1 * Math.sin(3 * turn), 0],
  }[movement];
  const size = (1 + 0.15 * who) * (movement === 'grow' ? 1 + 0.5 * Math.sin(turn) : 1) * 0.25;
  const joints = Array.from({ length: JOINTS }, (_, joint) => {
    const ray = joint === 0 ? 0 : Math.floor((joint - 1) / 4) - 2;
    const reach = joint === 0 ? 0 : 0.4 + 0.2 * ((joint - 1) % 4);
    const tremble = 0.002 * Math.sin(7 * joint + 3 * take + 20 * phase + who);
    const angle = ray * 0.35;
    return [
      0.6 + 0.05 * who + dx + size * reach * Math.sin(angle) + tremble,
      0.6 + dy - size * reach * Math.cos(angle) + tremble,
      0.02 * reach * ray,
    ];
  });
  return joints.flat();
}
