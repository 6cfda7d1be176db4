import { VERSION } from '../../core/version.js';
import type { Model } from '../../model/model.js';
import type { FrameStep } from '../../runtime/skeleton/channels.js';
import { FEATURE_LIMIT } from '../../runtime/skeleton/pipeline.js';
import { describeModel } from '../description.js';
import type { Exported, ExportOptions } from '../exporter.js';
import { compactOverTime } from '../graph/compact-over-time.js';
import { denseMacs, denseNonzeros } from '../graph/dense-network.js';
import { compactGraph, type Grid, type NetworkGraph, wholeGraph } from '../graph/network-graph.js';
import { isOverTime } from '../over-time.js';
import { addChannelStep } from './channels.js';
import { addFrameStep } from './frame-channels.js';
import { GraphBuilder } from './graph-builder.js';
import { addLayer, isFlat, type StillLayer } from './layers.js';
import { addNetworkOverTime } from './layers-over-time.js';
import { addFilling } from './lost.js';
import { addPoseStep } from './pose.js';
import { encodeOnnx, type OnnxValue } from './proto.js';

/** Operators of ONNX 1.12; Runtime 1.12 and later know them. */
const OPSET = 17;

/**
 * One graph from `positions` [batch][frames][persons][joints][x, y, z], any number of frames equally far apart in time, NaN
 * where a joint is lost, or from `features` [batch][nodes][channels], over time [batch][frames][nodes][channels], to `logits` and `probabilities` [batch][classes]: the steps of preprocessing, standardisation,
 * network and softmax. The metadata describes all of it.
 */
export function exportOnnx(model: Model, options: ExportOptions): Exported {
  const compact = isOverTime(model) ? compactOverTime : compactGraph;
  const network = options.compact ? compact(model) : wholeGraph(model);
  return {
    files: [onnxBytes(model, network, options)],
    nonzeros: denseNonzeros(network.layers),
    macs: denseMacs(network.layers),
  };
}

function onnxBytes(model: Model, network: NetworkGraph, { input = 'sequence' }: ExportOptions): Uint8Array {
  const g = new GraphBuilder();
  const features = input === 'features' ? 'features' : addPreprocessing(g, model);
  const standardised = addStandardisation(g, model, network.input, features);
  const add = isOverTime(model) ? addNetworkOverTime : addNetwork;
  const tempered = g.add('Div', [add(g, network, standardised), g.float(model.temperatureAt(model.rate))]);
  g.add('Softmax', [tempered], { axis: 1 }, 'probabilities');
  const { recipe } = model.description.provenance;
  const classes = ['batch', model.description.classes.length];
  return encodeOnnx({
    opset: OPSET,
    producerVersion: VERSION,
    description: `${recipe} at pruning rate ${model.rate}`,
    metadata: describeModel(model),
    graph: {
      name: recipe,
      nodes: g.nodes,
      constants: g.constants,
      inputs: [inputValue(model, input)],
      outputs: ['probabilities', 'logits'].map((name) => ({ name, shape: classes })),
    },
  });
}

function inputValue(model: Model, input: 'sequence' | 'features'): OnnxValue {
  const { description, pipeline } = model;
  const frames = isOverTime(model) ? [pipeline.frames] : [];
  if (input === 'features') return { name: 'features', shape: ['batch', ...frames, pipeline.nodes, pipeline.channels] };
  return { name: 'positions', shape: ['batch', 'frames', description.persons, description.layout.joints.length, 3] };
}

/** Positions to features, [batch][nodes][channels]; over time, of each frame. */
function addPreprocessing(g: GraphBuilder, model: Model): string {
  const { description, pipeline } = model;
  const { layout: skeleton, persons, preprocessing } = description;
  const byPerson = g.transpose('positions', 0, 2, 1, 3, 4);
  const filled = addFilling(g, byPerson, skeleton, persons);
  const clip = preprocessing.pose.reduce((x, step) => addPoseStep(g, step, x, persons, skeleton.anchors), filled);
  const { dimensions = 3 } = preprocessing;
  const context = { skeleton, persons, frames: pipeline.frames, dimensions };
  if (isOverTime(model)) {
    const groups = preprocessing.channels.map(({ step }) => addFrameStep(g, step as FrameStep, clip, context));
    const byFrame = g.transpose(g.concatenate(groups, 4), 0, 2, 1, 3, 4);
    return g.reshape(byFrame, 0, 0, pipeline.nodes, pipeline.channels);
  }
  const groups = preprocessing.channels.map((step) => addChannelStep(g, step, clip, context));
  return g.reshape(g.concatenate(groups, 3), 0, pipeline.nodes, pipeline.channels);
}

/** The features that a network reads, standardised. */
function addStandardisation(g: GraphBuilder, model: Model, { nodes, channels }: Grid, features: string): string {
  const { mean, inverseDeviation } = model.parameters;
  const all = model.pipeline;
  const axis = isOverTime(model) ? 2 : 1;
  const someNodes = nodes.length === all.nodes ? features : g.gather(features, nodes, axis);
  const some = channels.length === all.channels ? someNodes : g.gather(someNodes, channels, axis + 1);
  const read = (values: Float32Array) => nodes.flatMap((node) => channels.map((c) => values[node * all.channels + c]));
  const shape = [nodes.length, channels.length];
  const centred = g.add('Sub', [some, g.floats(shape, read(mean), 'features.mean')]);
  const scaled = g.add('Mul', [centred, g.floats(shape, read(inverseDeviation), 'features.inverse-deviation')]);
  return g.add('Clip', [scaled, g.float(-FEATURE_LIMIT), g.float(FEATURE_LIMIT)]);
}

function addNetwork(g: GraphBuilder, { layers }: NetworkGraph, features: string): string {
  let [x, afterDense] = [features, false];
  for (const [i, any] of layers.entries()) {
    const layer = any as StillLayer;
    x = addLayer(g, layer, x, afterDense, i === layers.length - 1 ? 'logits' : undefined);
    afterDense = isFlat(layer);
  }
  return x;
}
