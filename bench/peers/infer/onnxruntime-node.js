// ONNX Runtime, native, one thread; a file is an .onnx model of features.
import * as ort from 'onnxruntime-node';

export async function load(bytes, { nodes, channels }) {
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return async (features) => {
    const { logits } = await session.run({ features: new ort.Tensor('float32', features, [1, nodes, channels]) });
    return logits.data;
  };
}
