import { PREFIX_BYTES, startOf } from './file/container.js';
import { RuntimeModel } from './model.js';

/** How much of a URL's file to load: the network of a pruning rate, or as much of it as so many bytes hold. */
export type LoadBudget = LoadOptions & { readonly rate?: number; readonly bytes?: number };

/** What ends the requests before they are done, as `AbortSignal.timeout(5000)` does: the promise is then rejected. */
export type LoadOptions = { readonly signal?: { readonly aborted: boolean } };

/** What a first request asks for: header, tables and often the whole of a small network. */
const FIRST_BYTES = 16384;

/** A file's address: text, or what becomes it as text, as a `URL` does. */
export type Address = string | { readonly href: string };

/**
 * Loads a model from the bytes of a file, all of them, or from an address by requests for ranges: of `bytes` alone if they
 * are given, else of 16 KiB and then of what the rate needs more.
 * @throws FormatError on another file, RangeError on a rate outside [0, 1), on bytes too few for any file, or on another source
 * @example
 * const whole = await load(bytes);
 * const small = await load('https://example.org/model.anyrate', { rate: 0.98 });
 */
export async function load(
  source: Uint8Array | ArrayBuffer | Address,
  options: LoadBudget = {},
): Promise<RuntimeModel> {
  const { bytes, rate } = options;
  const file = source instanceof ArrayBuffer ? new Uint8Array(source) : source;
  if (file instanceof Uint8Array) return new RuntimeModel(file);
  const end = bytes ?? FIRST_BYTES;
  if (!file) throw new RangeError('source: expected bytes');
  if (!(end >= PREFIX_BYTES) || end % 1) throw new RangeError(`bytes: expected whole bytes, found ${end}`);
  const first = await fetchTo(file, new Uint8Array(), end, options);
  if (bytes) return new RuntimeModel(first);
  return grow(new RuntimeModel(await fetchTo(file, first, startOf(first), options)), file, rate, options);
}

/**
 * The model with all that a lower rate needs more of its file; what is there is not fetched again.
 * @throws RangeError on a rate outside [0, 1) and on no model, Error on an address that cannot be fetched
 * @example
 * const address = 'https://example.org/model.anyrate';
 * const small = await load(address, { rate: 0.98 });
 * const larger = await grow(small, address, 0.9);
 */
export async function grow(
  model: RuntimeModel,
  source: Address,
  rate = 0,
  options?: LoadOptions,
): Promise<RuntimeModel> {
  if (!model?.bytes) throw new RangeError('model: expected bytes');
  const bytes = await fetchTo(source, model.bytes, model.bytesAt(rate), options);
  return bytes === model.bytes ? model : new RuntimeModel(bytes);
}

/** What a server called the version of a file that bytes are of. */
const tags = new WeakMap<Uint8Array, string>();

/**
 * The bytes of a file up to `end`, of which some are here: of the file as it was then, or all of another that it has become.
 * @throws Error on a part of another version; fetch itself refuses a body that is shorter than it says
 */
async function fetchTo(source: Address, here: Uint8Array, end: number, options?: LoadOptions): Promise<Uint8Array> {
  const { length } = here;
  if (length >= end) return here;
  const tag = tags.get(here);
  const response = await fetch(source as string, {
    headers: { Range: `bytes=${length}-${end - 1}`, ...(tag && { 'If-Range': tag }) },
    ...(options as RequestInit),
  }).catch((error) => {
    throw error instanceof TypeError ? Error(`${source}: ${error}`) : error;
  });
  const { status, headers } = response;
  if (status === 416 && length) return here; // the file is a prefix, and ends here
  if (!response.ok) throw Error(`${source}: HTTP ${status}`);
  const more = new Uint8Array(await response.arrayBuffer());
  const etag = headers.get('etag');
  let bytes = more;
  if (status === 206) {
    if (tag && tag !== etag) throw Error(`${source}: changed since; load it again`);
    bytes = new Uint8Array(length + more.length);
    bytes.set(here);
    bytes.set(more, length);
  }
  if (etag?.startsWith('"')) tags.set(bytes, etag); // not a weak one, which If-Range does not take
  return bytes;
}
