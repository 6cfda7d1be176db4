import { defineLayout } from './define.js';

/**
 * Vicon Plug-in Gait, full body, 39 markers on the skin, as in UI-PRMD. The order of that data set's columns was checked
 * against its geometry: rigid neighbours (head, wrists, heels) keep their distances, `L` lies to the left.
 */
export const viconPlugInGait = defineLayout({
  name: 'vicon-plug-in-gait',
  joints: [
    ['LFHD', 'LBHD'],
    ['RFHD', 'RBHD'],
    ['LBHD', 'C7'],
    ['RBHD', 'C7'],
    ['C7', 'T10'],
    ['T10', undefined],
    ['CLAV', 'C7'],
    ['STRN', 'CLAV'],
    ['RBAK', 'C7'],
    ['LSHO', 'C7'],
    ['LUPA', 'LSHO'],
    ['LELB', 'LUPA'],
    ['LFRM', 'LELB'],
    ['LWRA', 'LFRM'],
    ['LWRB', 'LFRM'],
    ['LFIN', 'LWRA'],
    ['RSHO', 'C7'],
    ['RUPA', 'RSHO'],
    ['RELB', 'RUPA'],
    ['RFRM', 'RELB'],
    ['RWRA', 'RFRM'],
    ['RWRB', 'RFRM'],
    ['RFIN', 'RWRA'],
    ['LASI', 'LPSI'],
    ['RASI', 'RPSI'],
    ['LPSI', 'T10'],
    ['RPSI', 'T10'],
    ['LTHI', 'LASI'],
    ['LKNE', 'LTHI'],
    ['LTIB', 'LKNE'],
    ['LANK', 'LTIB'],
    ['LHEE', 'LANK'],
    ['LTOE', 'LANK'],
    ['RTHI', 'RASI'],
    ['RKNE', 'RTHI'],
    ['RTIB', 'RKNE'],
    ['RANK', 'RTIB'],
    ['RHEE', 'RANK'],
    ['RTOE', 'RANK'],
  ],
  anchors: { root: ['LASI', 'RASI', 'LPSI', 'RPSI'], top: ['C7'], left: ['LSHO'], right: ['RSHO'] },
  opposite: oppositeMarker,
});

/** RBAK marks the right shoulder blade only, to tell the sides apart: it has no partner. */
function oppositeMarker(marker: string): string {
  if (marker === 'RBAK') return marker;
  return marker.replace(/^[LR](?=[A-Z]{3}$)/, (side) => (side === 'L' ? 'R' : 'L'));
}
