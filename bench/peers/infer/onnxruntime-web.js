// ONNX Runtime in WebAssembly, one thread; a file is an .onnx model of features.
import * as ort from 'onnxruntime-web/wasm';

export async function load(bytes, { nodes, channels, assets }) {
  ort.env.wasm.numThreads = 1;
  if (assets !== undefined) ort.env.wasm.wasmPaths = assets;
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  return async (features) => {
    const { logits } = await session.run({ features: new ort.Tensor('float32', features, [1, nodes, channels]) });
    return logits.data;
  };
}
