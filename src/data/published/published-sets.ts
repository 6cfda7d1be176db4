import { fpha } from './fpha.js';
import { irds } from './irds.js';
import { jhmdb } from './jhmdb.js';
import type { PublishedSet } from './published-set.js';
import { sbu } from './sbu.js';
import { sfinge3d } from './sfinge3d.js';
import { uiPrmd } from './ui-prmd.js';
import { utkinect } from './utkinect.js';

/** Every format of a data set folder the package reads. */
export const publishedSets: readonly PublishedSet[] = [irds, uiPrmd, sbu, fpha, utkinect, sfinge3d, jhmdb];
