import { defineLayout, type LayoutSketch, sameJoint } from './define.js';

const palm = {
  root: ['Wrist'],
  top: ['MiddleMCP'],
  left: ['LittleMCP'],
  right: ['IndexMCP'],
} satisfies LayoutSketch['anchors'];

/** Without the thumb. */
const FINGERS = ['Index', 'Middle', 'Ring', 'Little'];

/** First-Person Hand Action, 21 joints: the wrist, the five knuckles, then PIP, DIP and TIP of each finger. */
export const fphaHand = defineLayout({
  name: 'fpha-hand',
  joints: [
    ['Wrist', undefined],
    ['ThumbMCP', 'Wrist'],
    ['IndexMCP', 'Wrist'],
    ['MiddleMCP', 'Wrist'],
    ['RingMCP', 'Wrist'],
    ['LittleMCP', 'Wrist'],
    ...['Thumb', ...FINGERS].flatMap((name) => finger(name, ['MCP', 'PIP', 'DIP', 'TIP'])),
  ],
  anchors: palm,
  opposite: sameJoint,
});

/** MediaPipe Hand Landmarker, 21 landmarks: the wrist, then each finger from the palm to its tip. */
export const mediapipeHand = defineLayout({
  name: 'mediapipe-hand',
  joints: [
    ['Wrist', undefined],
    ['ThumbCMC', 'Wrist'],
    ...finger('Thumb', ['CMC', 'MCP', 'IP', 'TIP']),
    ...fingersOn('Wrist', ['MCP', 'PIP', 'DIP', 'TIP']),
  ],
  anchors: palm,
  opposite: sameJoint,
});

/**
 * One hand of Leap Motion as SFINGE 3D writes it, 20 joints: the palm, the thumb's A, B and End, then A, B, C and End of the
 * other fingers. A is the knuckle, as its distances to palm and B show; the joints have the names of mediapipe-hand.
 */
export const leapHand = defineLayout({
  name: 'leap-hand',
  joints: [
    ['Palm', undefined],
    ['ThumbMCP', 'Palm'],
    ...finger('Thumb', ['MCP', 'IP', 'TIP']),
    ...fingersOn('Palm', ['MCP', 'PIP', 'DIP', 'TIP']),
  ],
  anchors: { ...palm, root: ['Palm'] },
  opposite: sameJoint,
});

/**
 * One hand of HoloLens 2, 26 joints in the order of HandJointKind and of OpenXR, as in SHREC 2022. What these call proximal,
 * intermediate and distal has the names of mediapipe-hand here: MCP, PIP and DIP, of the thumb CMC, MCP and IP.
 */
export const hololensHand = defineLayout({
  name: 'hololens-hand',
  joints: [
    ['Palm', 'Wrist'],
    ['Wrist', undefined],
    ['ThumbCMC', 'Wrist'],
    ...finger('Thumb', ['CMC', 'MCP', 'IP', 'TIP']),
    ...fingersOn('Wrist', ['Metacarpal', 'MCP', 'PIP', 'DIP', 'TIP']),
  ],
  anchors: palm,
  opposite: sameJoint,
});

/** One hand of Intel RealSense as in SHREC'17 and DHG-14/28, 22 joints: mediapipe-hand's with the palm after the wrist. */
export const shrecHand22 = defineLayout({
  name: 'shrec-hand-22',
  joints: [
    ['Wrist', undefined],
    ['Palm', 'Wrist'],
    ['ThumbCMC', 'Wrist'],
    ...finger('Thumb', ['CMC', 'MCP', 'IP', 'TIP']),
    ...fingersOn('Palm', ['MCP', 'PIP', 'DIP', 'TIP']),
  ],
  anchors: palm,
  opposite: sameJoint,
});

/** The four fingers one after the other, each with all its links, of which the first hangs from a joint of the hand. */
function fingersOn(joint: string, links: readonly string[]): [string, string][] {
  return FINGERS.flatMap((name): [string, string][] => [[`${name}${links[0]}`, joint], ...finger(name, links)]);
}

/** The links of a finger beyond its first joint, each hanging from the one before. */
function finger(name: string, links: readonly string[]): [string, string][] {
  return links.slice(1).map((link, i) => [`${name}${link}`, `${name}${links[i]}`]);
}
