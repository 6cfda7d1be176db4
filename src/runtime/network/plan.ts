import { type LayerProducts, type LayerSpec, layerKinds, type Product, type Shape } from './products.js';

/** One layer of a network: its products, and whether negative outputs become zero. */
export interface LayerPlan extends LayerProducts {
  readonly input: Shape;
  readonly rectify: boolean;
}

/** Products and shapes of a network's hidden layers, and of the dense layer with one unit a class after them. */
export function planNetwork(hidden: readonly LayerSpec[], input: Shape, classes: number): LayerPlan[] {
  const classifier: LayerSpec = { kind: 'dense', units: classes, activation: 'none' };
  const shapes = [input];
  return [...hidden, classifier].map((layer, i) => {
    const expanded = layerKinds[layer.kind](layer as never, shapes[i], shapes);
    shapes.push(expanded.output);
    return { ...expanded, input: shapes[i], rectify: (layer.activation satisfies 'relu' | 'none') === 'relu' };
  });
}

/** The weight matrices of a network, in the order of all latents laid end to end. */
export function productsOf(plan: readonly LayerPlan[]): Product[] {
  return plan.flatMap(({ products }) => products);
}

/** All maskable weights. */
export function countWeights(products: readonly Product[]): number {
  return products.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
}

/** Multiply-accumulates of all weights for one sequence. */
export function operationsOf(products: readonly Product[]): number {
  return products.reduce((sum, { rows, columns, width, count }) => sum + rows * columns * width * count, 0);
}

/** Values of all layers for one sequence. */
export function valuesOf(plan: readonly LayerPlan[]): number {
  return plan.reduce((sum, { output, scratchRows }) => sum + output.nodes * output.channels + scratchRows, 0);
}
