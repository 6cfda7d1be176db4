/** Where the training clips are: in memory (shared between threads), or in a file at this path. */
export type ClipSource = Float32Array | string;

/** Reads clips of a source, each of out.length float32. */
export interface ClipReader {
  read(index: number, out: Float32Array): void;
}

/** Opens a source in any thread. */
export type OpenClips = (source: ClipSource) => ClipReader;

/** Keeps the clips of a training. */
export interface ClipStore {
  readonly source: ClipSource;
  write(index: number, clip: Float32Array): void;
  /** Ends the use of the store. */
  close(): void;
}

/** Makes room for `count` clips of `size` float32; `shared` if other threads read them. */
export type CreateClipStore = (count: number, size: number, shared: boolean) => ClipStore;

/** Clips in memory. */
export const memoryClips: CreateClipStore = (count, size, shared) => {
  const bytes = count * size * 4;
  const source = new Float32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  return { source, write: (index, clip) => source.set(clip, index * size), close: () => {} };
};

/** Reads clips that are in memory. @throws TypeError on a file's path: only Node opens those */
export const openMemoryClips: OpenClips = (source) => {
  if (typeof source === 'string') throw new TypeError(`clips in a file (${source}) cannot be read here`);
  return { read: (index, out) => out.set(source.subarray(index * out.length, (index + 1) * out.length)) };
};
