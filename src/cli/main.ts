#!/usr/bin/env node
import { failWith } from './failure.js';
import { createProgram } from './program.js';

createProgram().parseAsync().catch(failWith);
