// A network out of a .safetensors export of anyrate.
const LENGTH_BYTES = 8;

/** Mean and inverse deviation of the features, and the layers: their tensors by name, and how they are put together. */
export function readNetwork(bytes) {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const start = LENGTH_BYTES + length;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, start)));
  const tensorsOf = (layer) => {
    const tensors = Object.entries(header).filter(([name]) => name.startsWith(`${layer}.`));
    return Object.fromEntries(
      tensors.map(
        ([
          name,
          {
            shape,
            data_offsets: [from, to],
          },
        ]) => {
          const values = new Float32Array(bytes.slice(start + from, start + to).buffer);
          return [name.slice(layer.length + 1), { shape, values }];
        },
      ),
    );
  };
  const layers = JSON.parse(header.__metadata__.layers).map(({ name, combine, activation }) => {
    return { ...tensorsOf(name), combine, rectify: activation === 'relu' };
  });
  const { mean, 'inverse-deviation': inverseDeviation } = tensorsOf('features');
  return { standardisation: [mean, inverseDeviation], layers };
}
