// The engines that are compared: what each reads, and where it runs.
const DENSE = [0, 0.98];

/** What a bare process or an empty page takes to start. */
export const NOTHING = { name: 'nothing', extension: 'anyrate', rates: [0.98], places: ['node', 'chromium'] };

/** `rates`: dense, and with zeros for pruned weights; only anyrate's work shrinks with them. */
export const ENGINES = [
  NOTHING,
  { name: 'anyrate', extension: 'anyrate', rates: [0, 0.5, 0.9, 0.95, 0.98, 0.99], places: ['node', 'chromium'] },
  { name: 'onnxruntime-node', extension: 'onnx', rates: DENSE, places: ['node'] },
  { name: 'onnxruntime-web', extension: 'onnx', rates: DENSE, places: ['node', 'chromium'] },
  { name: 'tfjs', extension: 'safetensors', rates: DENSE, places: ['node', 'chromium'] },
  { name: 'pytorch', extension: 'safetensors', rates: DENSE, places: ['python'] },
];
