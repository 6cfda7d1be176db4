import type { Heap, Pointer, ProductKernels } from '../contract.js';

/** Matrix products, one multiplication at a time; see ProductKernels for what each argument means. */
export function productKernels({ floats, ints }: Heap): ProductKernels {
  return { sparseTimesDense, sampledDenseDense, denseTimesDense, denseOuter };

  function sparseTimesDense(
    rows: number,
    rowStart: Pointer,
    offsets: Pointer,
    values: Pointer,
    x: Pointer,
    y: Pointer,
    n: number,
    yRow: number,
    count: number,
    xStride: number,
    yStride: number,
    add: boolean,
  ): void {
    for (let c = 0; c < count; c++) {
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < n; j++) {
          let sum = add ? floats[at(y, c * yStride + row * yRow, j)] : 0;
          for (let entry = ints[(rowStart >> 2) + row]; entry < ints[(rowStart >> 2) + row + 1]; entry++) {
            const offset = ints[(offsets >> 2) + entry];
            sum += floats[(values >> 2) + entry] * floats[at(x, c * xStride + offset, j)];
          }
          floats[at(y, c * yStride + row * yRow, j)] = sum;
        }
      }
    }
  }

  function sampledDenseDense(
    rows: number,
    rowStart: Pointer,
    offsets: Pointer,
    dy: Pointer,
    x: Pointer,
    gradient: Pointer,
    n: number,
    dyRow: number,
    count: number,
    dyStride: number,
    xStride: number,
  ): void {
    for (let row = 0; row < rows; row++) {
      for (let entry = ints[(rowStart >> 2) + row]; entry < ints[(rowStart >> 2) + row + 1]; entry++) {
        const offset = ints[(offsets >> 2) + entry];
        let sum = 0;
        for (let c = 0; c < count; c++) {
          for (let j = 0; j < n; j++) {
            sum += floats[at(dy, c * dyStride + row * dyRow, j)] * floats[at(x, c * xStride + offset, j)];
          }
        }
        floats[(gradient >> 2) + entry] += sum;
      }
    }
  }

  function denseTimesDense(
    rows: number,
    inner: number,
    w: Pointer,
    wRow: number,
    wColumn: number,
    x: Pointer,
    y: Pointer,
    n: number,
    xRow: number,
    yRow: number,
    count: number,
    xStride: number,
    yStride: number,
    _room: Pointer,
    add: boolean,
  ): void {
    for (let c = 0; c < count; c++) {
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < n; j++) {
          let sum = add ? floats[at(y, c * yStride + row * yRow, j)] : 0;
          for (let i = 0; i < inner; i++) {
            sum += floats[at(w, row * wRow + i * wColumn, 0)] * floats[at(x, c * xStride + i * xRow, j)];
          }
          floats[at(y, c * yStride + row * yRow, j)] = sum;
        }
      }
    }
  }

  function denseOuter(
    rows: number,
    inner: number,
    dy: Pointer,
    x: Pointer,
    gradient: Pointer,
    n: number,
    dyRow: number,
    xRow: number,
    count: number,
    dyStride: number,
    xStride: number,
    _room: Pointer,
    pitch: number,
  ): void {
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < inner; i++) {
        let sum = 0;
        for (let c = 0; c < count; c++) {
          for (let j = 0; j < n; j++) {
            sum += floats[at(dy, c * dyStride + row * dyRow, j)] * floats[at(x, c * xStride + i * xRow, j)];
          }
        }
        floats[(gradient >> 2) + row * pitch + i] += sum;
      }
    }
  }
}

/** Index of the j-th value after `bytes` from a pointer. */
function at(pointer: Pointer, bytes: number, j: number): number {
  return ((pointer + bytes) >> 2) + j;
}
