/** The formats that are built in. Each is loaded when it is first written: together they are 400 kB. */
import type { Exporter } from './exporter.js';

export const builtInExporters: readonly Exporter[] = [
  {
    name: 'onnx',
    extensions: ['.onnx'],
    description: 'ONNX, preprocessing included, for ONNX Runtime and others',
    options: ['compact', 'input'],
    overTime: true,
    write: async (model, options) => (await import('./onnx/export-onnx.js')).exportOnnx(model, options),
  },
  {
    name: 'safetensors',
    extensions: ['.safetensors'],
    description: 'plain tensors, zeros included, for PyTorch and others',
    options: [],
    overTime: true,
    write: async (model) => (await import('./safetensors/export-safetensors.js')).exportSafetensors(model),
  },
  {
    name: 'html',
    extensions: ['.html'],
    description: 'one page with network and runtime, which works offline',
    options: ['recording'],
    overTime: true,
    write: async (model, options) => (await import('./html/export-html.js')).exportHtml(model, options),
  },
  {
    name: 'javascript',
    extensions: ['.js', '.d.ts'],
    description: 'module without imports that holds the model and what it needs of the runtime',
    options: [],
    overTime: true,
    write: async (model) => (await import('./js/export-js.js')).exportJavaScript(model),
  },
  {
    name: 'wasm',
    extensions: ['.wasm'],
    description: 'WebAssembly module with preprocessing and network',
    options: [],
    overTime: true,
    write: async (model) => (await import('./wasm/export-wasm.js')).exportWasm(model),
  },
  {
    name: 'c',
    extensions: ['.c', '.h'],
    description: 'C99 with preprocessing and network, without allocation',
    options: ['name', 'weights'],
    overTime: true,
    write: async (model, options) => (await import('./c/export-c.js')).exportC(model, options),
  },
];
