import { defineLayout, type LayoutSketch, sameJoint } from './define.js';

const palm = {
  root: ['Wrist'],
  top: ['MiddleMCP'],
  left: ['LittleMCP'],
  right: ['IndexMCP'],
} satisfies LayoutSketch['anchors'];

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
    ...finger('Thumb', ['MCP', 'PIP', 'DIP', 'TIP']),
    ...finger('Index', ['MCP', 'PIP', 'DIP', 'TIP']),
    ...finger('Middle', ['MCP', 'PIP', 'DIP', 'TIP']),
    ...finger('Ring', ['MCP', 'PIP', 'DIP', 'TIP']),
    ...finger('Little', ['MCP', 'PIP', 'DIP', 'TIP']),
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
    ['IndexMCP', 'Wrist'],
    ...finger('Index', ['MCP', 'PIP', 'DIP', 'TIP']),
    ['MiddleMCP', 'Wrist'],
    ...finger('Middle', ['MCP', 'PIP', 'DIP', 'TIP']),
    ['RingMCP', 'Wrist'],
    ...finger('Ring', ['MCP', 'PIP', 'DIP', 'TIP']),
    ['LittleMCP', 'Wrist'],
    ...finger('Little', ['MCP', 'PIP', 'DIP', 'TIP']),
  ],
  anchors: palm,
  opposite: sameJoint,
});

/** The links of a finger beyond its first joint, each hanging from the one before. */
function finger(name: string, links: readonly string[]): [string, string][] {
  return links.slice(1).map((link, i) => [`${name}${link}`, `${name}${links[i]}`]);
}
