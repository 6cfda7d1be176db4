import type { RecordingFile } from './format.js';

/** A file that lies in memory: text, or bytes as an upload or a download has them. */
export function memoryFile(
  path: string,
  content: string | Uint8Array,
  others: Readonly<Record<string, string | Uint8Array>> = {},
): RecordingFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    path,
    bytes: bytes.length,
    read: async (start = 0, end = bytes.length) => bytes.subarray(start, end),
    beside: async (name) => (Object.hasOwn(others, name) ? memoryFile(name, others[name]) : undefined),
  };
}
