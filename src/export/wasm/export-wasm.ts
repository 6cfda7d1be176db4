import type { Model } from '../../model/model.js';
import type { Exported } from '../exporter.js';
import { imageOf } from './image.js';
import { kernel } from './kernel.js';
import { fillModule } from './module.js';

const PAGE_BYTES = 65536;
/** Room for a short recording from the start; `input` makes more. */
const INPUT_BYTES = 4096;

/** A WebAssembly module without imports: one kernel for all networks, and this one as data in its memory. */
export function exportWasm(model: Model): Exported {
  const { address, data, end, nonzeros, macs } = imageOf(model);
  const { classes, persons, layout } = model.description;
  const info = { classes, persons, joints: layout.joints };
  const module = fillModule(
    Uint8Array.from(atob(kernel.base64), (letter) => letter.charCodeAt(0)),
    {
      data,
      address,
      pages: Math.ceil((end + INPUT_BYTES) / PAGE_BYTES),
      custom: { name: 'anyrate', content: new TextEncoder().encode(JSON.stringify(info)) },
    },
  );
  return { files: [module], nonzeros, macs };
}
