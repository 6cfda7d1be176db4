import type { Texts } from './table.js';

/** Texts of the step Ship. */
export const shipTexts = {
  shipFirst: ['Train a network first.', 'Trainiere erst ein Netz.'],
  shipAt: [
    'The network at {rate}: {accuracy} right on the test, {bytes}.',
    'Das Netz bei {rate}: {accuracy} richtig bei der Prüfung, {bytes}.',
  ],
  shipMake: ['Make {format}', '{format} machen'],
  shipFiles: ['Files', 'Dateien'],
  shipUse: ['How to use it', 'So wird es benutzt'],
  shipTest: [
    'With each comes a self-test: a recording of each movement, and the probabilities that must come out.',
    'Dabei ist jeweils ein Selbsttest: eine Aufnahme jeder Bewegung und die Wahrscheinlichkeiten, die herauskommen müssen.',
  ],
  shipAnyrate: [
    'Every smaller size in one file, for anyrate/runtime',
    'Jede kleinere Größe in einer Datei, für anyrate/runtime',
  ],
  shipHtml: ['One page that works offline', 'Eine Seite, die offline läuft'],
  shipJavascript: ['One JavaScript module without dependencies', 'Ein JavaScript-Modul ohne Abhängigkeiten'],
  shipOnnx: ['For onnxruntime and others', 'Für onnxruntime und andere'],
  shipC: ['For devices, with a known budget of memory', 'Für Geräte, mit bekanntem Speicherbedarf'],
  shipWasm: ['One WebAssembly module', 'Ein WebAssembly-Modul'],
  shipSafetensors: ['Weights for Python', 'Gewichte für Python'],
  shipNode: ['The same bytes in Node', 'Dieselben Bytes in Node'],
  shipNodeHint: ['Save the project, and run:', 'Speichere das Projekt, und führe aus:'],
  shipNodeOn: [
    'This network was trained on from an earlier one. Save the project, and run this: it trains anew, and gives other bytes.',
    'Dieses Netz wurde aus einem früheren weiter trainiert. Speichere das Projekt, und führe dies aus: Es trainiert neu und gibt andere Bytes.',
  ],
} as const satisfies Texts;
