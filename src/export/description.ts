import type { Model } from '../model/model.js';

/** What a format keeps beside the numbers, as texts: JSON where it is not a single word. */
export function describeModel({ description, rate, pipeline }: Model): Record<string, string> {
  const { layout, persons, classes, preprocessing, layers, provenance } = description;
  const { name, joints, bones, anchors } = layout;
  const facts = { rate, classes, layout: { name, joints, bones, anchors }, persons, preprocessing };
  const shape = { nodes: pipeline.nodes, channels: pipeline.channels };
  const all = { ...facts, features: shape, layers, provenance };
  return { anyrate: provenance.version, ...mapValues(all) };
}

function mapValues(facts: object): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, JSON.stringify(value)]));
}
