import { PREFIX_BYTES, startOf } from './file/container.js';
import { RuntimeModel } from './model.js';

/** How much of a file to load: the network of a pruning rate, or as much of it as so many bytes hold. */
export type LoadBudget = { readonly rate?: number; readonly bytes?: number };

/** What a first request asks for: header, tables and often the whole of a small network. */
const FIRST_BYTES = 16384;

/** Loads a model from bytes, or from a URL by requests for ranges of it. @throws FormatError on another file */
export async function load(source: Uint8Array | string | URL, budget: LoadBudget = {}): Promise<RuntimeModel> {
  if (source instanceof Uint8Array) return new RuntimeModel(source);
  if (budget.bytes !== undefined) return new RuntimeModel(await fetchTo(source, new Uint8Array(), budget.bytes));
  const first = await fetchTo(source, new Uint8Array(), FIRST_BYTES);
  const start = first.length < PREFIX_BYTES ? 0 : startOf(first);
  return grow(new RuntimeModel(await fetchTo(source, first, start)), source, budget.rate);
}

/** The model with all that a lower rate needs more of its file; what is there is not fetched again. */
export async function grow(model: RuntimeModel, source: string | URL, rate = 0): Promise<RuntimeModel> {
  const bytes = await fetchTo(source, model.bytes, model.bytesAt(rate));
  return bytes === model.bytes ? model : new RuntimeModel(bytes);
}

/** The bytes of a file up to `end`, of which some are here. */
async function fetchTo(source: string | URL, here: Uint8Array, end: number): Promise<Uint8Array> {
  if (here.length >= end) return here;
  const response = await fetch(source, { headers: { Range: `bytes=${here.length}-${end - 1}` } });
  if (response.status === 416 && here.length > 0) return here; // the file is a prefix, and ends here
  if (!response.ok) throw new Error(`${source}: HTTP status ${response.status}`);
  const more = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 206) return more;
  const bytes = new Uint8Array(here.length + more.length);
  bytes.set(here);
  bytes.set(more, here.length);
  return bytes;
}
