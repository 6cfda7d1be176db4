/** A WebAssembly module for plain memory; where `shared` says, its bytes are others for memory that threads share. */
export interface Binary {
  readonly base64: string;
  readonly shared: { readonly from: number; readonly to: number; readonly bytes: readonly number[] };
}

/** The module for plain or for shared memory. */
export function bytesOf({ base64, shared }: Binary, isShared: boolean): Uint8Array<ArrayBuffer> {
  const plain = decode(base64);
  if (!isShared) return plain;
  const { from, to, bytes } = shared;
  return Uint8Array.from([...plain.subarray(0, from), ...bytes, ...plain.subarray(to)]);
}

/** A WebAssembly module from its text. */
export function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
