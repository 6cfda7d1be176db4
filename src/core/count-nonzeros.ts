/** How many numbers of some tensors are not zero. */
export function countNonzeros(tensors: readonly ArrayLike<number>[]): number {
  let count = 0;
  for (const tensor of tensors) {
    for (let i = 0; i < tensor.length; i++) if (tensor[i] !== 0) count++;
  }
  return count;
}
