// One joint training step of the reference shape in jax-js (WASM backend), without the divergence term: loss and
// gradients under jit; the optimiser, a small part, is left out in its favour.
import * as shape from './reference-shape.js';

const { NODES, CHANNELS, HEADS, FILTERS, CLASSES, BATCH, RATES } = shape;

globalThis.Float16Array ??= class {}; // jax-js asks for it; Node 20 has none
const { defaultDevice, grad, init, jit, nn, numpy: np } = await import('@jax-js/jax');
await init('wasm');
defaultDevice('wasm');
const array = (values, dims) => np.array(values, { dtype: np.float32 }).reshape(dims);

const latents = shape.SHAPES.map((dims) => array(shape.normals(shape.product(dims)), dims));
const x = array(shape.normals(BATCH * NODES * CHANNELS), [BATCH, NODES, CHANNELS]);
const labels = array(
  Float32Array.from({ length: BATCH * CLASSES }, (_, i) => (i % (CLASSES + 1) ? 0 : 1)),
  [BATCH, CLASSES],
);

function mask(latent, i, r) {
  const scaled = latent.ref.mul(shape.SCALES[i]);
  if (RATES[r] === 0) {
    latent.dispose();
    return scaled;
  }
  const square = latent.ref.mul(latent).sub(shape.THRESHOLDS[r] ** 2);
  return scaled.mul(nn.sigmoid(square.mul(shape.CRISPNESS)));
}

function forward(tree, r) {
  const [attention, filters, dense, classifier] = tree.map((latent, i) => mask(latent.ref, i, r));
  const z = np.einsum(attention, [0, 1, 2], x.ref, [3, 2, 4], [3, 1, 0, 4]);
  const y = nn.relu(np.matmul(z.reshape([BATCH * NODES, HEADS * CHANNELS]), filters));
  const hidden = nn.relu(np.matmul(y.reshape([BATCH, NODES * FILTERS]), dense));
  return np.matmul(hidden, classifier);
}

function loss(tree) {
  const terms = RATES.map((_, r) =>
    nn
      .logSoftmax(forward(tree, r), -1)
      .mul(labels.ref)
      .sum()
      .mul(-1 / BATCH),
  );
  for (const latent of tree) latent.dispose();
  return terms.reduce((a, b) => a.add(b)).mul(1 / RATES.length);
}

const step = jit(grad(loss));
const ms = await shape.medianTime(
  async () => {
    for (const gradient of step(latents.map((latent) => latent.ref))) await gradient.data();
  },
  3,
  1,
);
const { version } = await import('@jax-js/jax/package.json', { with: { type: 'json' } }).then(
  (m) => m.default,
  () => ({}),
);
shape.report('jax-js', version ?? 'unknown', ms);
