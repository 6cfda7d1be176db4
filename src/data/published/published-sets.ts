import { fpha } from './fpha.js';
import { irds } from './irds.js';
import { jhmdb } from './jhmdb.js';
import { msrAction3d, nwUcla, utdMhad } from './kinect-sets.js';
import { florence3d, kineticsSkeleton } from './labelled-sets.js';
import { msrc12 } from './msrc-12.js';
import { ntu } from './ntu.js';
import type { PublishedSet } from './published-set.js';
import { sbu } from './sbu.js';
import { sfinge3d } from './sfinge3d.js';
import { dhg, shrec17 } from './shrec.js';
import { uiPrmd } from './ui-prmd.js';
import { utkinect } from './utkinect.js';

/** Every format of a data set folder the package reads. */
export const publishedSets: readonly PublishedSet[] = [
  irds,
  uiPrmd,
  sbu,
  fpha,
  utkinect,
  sfinge3d,
  jhmdb,
  ntu,
  utdMhad,
  msrAction3d,
  msrc12,
  nwUcla,
  shrec17,
  dhg,
  florence3d,
  kineticsSkeleton,
];
