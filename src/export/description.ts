import { formatRate } from '../core/format.js';
import { VERSION } from '../core/version.js';
import type { Model } from '../model/model.js';
import type { LayerKind, LayerOf, LayerSpec } from '../runtime/network/products.js';
import { describeLayout } from '../skeleton/layouts/described.js';
import { checkLayout } from '../skeleton/layouts/layouts.js';
import { isOverTime } from './over-time.js';

/** One line on a model, for a comment. */
export function aboutOf({ description, rate }: Model): string {
  const { classes, layout, provenance } = description;
  const name = provenance.recipe.replace(/[^\w .-]/g, '_');
  return `${name}: ${classes.length} classes of ${layout.name} sequences, rate ${formatRate(rate)}. Made by anyrate ${VERSION}.`;
}

/** What a format keeps beside the numbers, as texts: JSON, except for the version of anyrate. */
export function describeModel(model: Model): Record<string, string> {
  const { rate, pipeline } = model;
  const { layout, persons, classes, preprocessing, provenance } = model.description;
  checkLayout(layout, `layout ${layout.name}`);
  const facts = {
    rate,
    classes,
    layout: describeLayout(layout),
    persons,
    preprocessing,
    features: {
      nodes: pipeline.nodes,
      channels: pipeline.channels,
      ...(isOverTime(model) && { frames: pipeline.frames }),
    },
    layers: describeLayers(model),
    provenance,
  };
  const texts = Object.entries(facts).map(([key, value]) => [key, JSON.stringify(value)]);
  return { anyrate: provenance.version, ...Object.fromEntries(texts) };
}

/** All layers under the names of their tensors, the classifier too. */
function describeLayers({ description, network }: Model) {
  const layers: readonly LayerSpec[] = [...description.layers, classifierOf(network.classes)];
  return layers.map((layer, i) => ({
    name: network.layers[i].name,
    kind: layer.kind,
    ...sizes[layer.kind](layer as never),
    activation: layer.activation,
  }));
}

/** The last layer of every network, as planNetwork has it: its outputs are the logits. */
export function classifierOf(classes: number): LayerSpec {
  return { kind: 'dense', units: classes, activation: 'none' };
}

/** What is said of each kind of layer between its name and its activation. */
const sizes: { readonly [Kind in LayerKind]: (layer: LayerOf<Kind>) => object } = {
  dense: ({ units, members }) => ({ units, members }),
  'graph-convolution': ({ heads, filters, combine, residual }) => ({ heads, filters, combine, residual }),
  'temporal-convolution': ({ filters, kernel, stride, dilation, depthwise, residual }) => {
    return { filters, kernel, stride, dilation, depthwise, residual };
  },
  pool: ({ over }) => ({ over }),
};
