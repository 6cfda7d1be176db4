// The worker in which all of anyrate runs: readers, checks, trainings, exports. The page stays free.

import { layoutNamed } from 'anyrate/browser';
import { serveCalls } from './bridge/serve.js';
import type { EngineCalls } from './calls.js';
import { check } from './check/check.js';
import { importFiles, importReady, openFile, saveProject } from './record/files.js';
import { ship } from './ship/ship.js';
import { measure, trainProject } from './train/train.js';
import { choicesOf } from './try/choices.js';

serveCalls<EngineCalls>(self as unknown as Worker, {
  import: importFiles,
  ready: importReady,
  layout: ({ name }) => layoutNamed(name),
  open: openFile,
  save: saveProject,
  check,
  train: trainProject,
  measure,
  choices: choicesOf,
  ship,
});
