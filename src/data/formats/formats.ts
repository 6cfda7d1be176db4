import type { Format } from './format.js';
import { fpha } from './fpha.js';
import { irds } from './irds.js';
import { sbu } from './sbu.js';
import { uiPrmd } from './ui-prmd.js';

/** Every format of a data set folder the package reads. */
export const formats: readonly Format[] = [irds, uiPrmd, sbu, fpha];
