import type { OnnxAttribute, OnnxNode, OnnxTensor } from './proto.js';

/** Collects the nodes and constants of a graph; values go by their names. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxTensor[] = [];

  /** Adds an operation with one output, and returns its name. */
  add(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    name = `${type}_${this.nodes.length}`,
  ): string {
    this.nodes.push({ type, inputs, outputs: [name], attributes });
    return name;
  }

  /** Indices along `axis` that sort values, the least first, equal ones in their order; `count` holds how many there are. */
  argsort(values: string, count: string, axis: number): string {
    const name = `TopK_${this.nodes.length}`;
    const outputs = [`${name}_values`, name];
    const attributes = { axis, largest: 0, sorted: 1 };
    this.nodes.push({ type: 'TopK', inputs: [values, count], outputs, attributes });
    return name;
  }

  floats(shape: readonly number[], values: ArrayLike<number>, name = `floats_${this.constants.length}`): string {
    this.constants.push({ name, shape, values: Float32Array.from(values) });
    return name;
  }

  float(value: number): string {
    return this.floats([], [value]);
  }

  /** A list of whole numbers. */
  integers(...values: readonly number[]): string {
    return this.integerTensor([values.length], values);
  }

  integer(value: number): string {
    return this.integerTensor([], [value]);
  }

  integerTensor(shape: readonly number[], values: readonly number[]): string {
    const name = `integers_${this.constants.length}`;
    this.constants.push({ name, shape, values: BigInt64Array.from(values, BigInt) });
    return name;
  }

  reshape(value: string, ...shape: readonly number[]): string {
    return this.add('Reshape', [value, this.integers(...shape)]);
  }

  transpose(value: string, ...perm: readonly number[]): string {
    return this.add('Transpose', [value], { perm });
  }

  gather(value: string, indices: readonly number[], axis: number): string {
    return this.add('Gather', [value, this.integers(...indices)], { axis });
  }

  concatenate(values: readonly string[], axis: number): string {
    return values.length === 1 ? values[0] : this.add('Concat', values, { axis });
  }

  /** ReduceMean, ReduceMin, ReduceMax or ReduceL2 over some axes, which stay with size 1 unless `keepdims` is 0. */
  reduce(
    type: 'ReduceMean' | 'ReduceMin' | 'ReduceMax' | 'ReduceL2',
    value: string,
    axes: readonly number[],
    keepdims = 1,
  ): string {
    return this.add(type, [value], { axes, keepdims });
  }
}
