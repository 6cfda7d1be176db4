import type { Layout } from 'anyrate/browser';
import type { Clip } from './clip.js';

/** What a project is apart from its clips. */
export interface Project {
  readonly title: string;
  readonly licence: string;
  /** Undefined until the first recording. */
  readonly layout: Layout | undefined;
  readonly persons: number;
  readonly unit: string;
  /** In the order of the network's outputs. */
  readonly classes: readonly string[];
  /** Classes that mean nothing: ordinary motion. */
  readonly nothing: readonly string[];
  readonly seed: number;
  /** Optimiser steps of the trials that choose a recipe; 0 takes the rules' first guess. */
  readonly budget: number;
  /** Epochs of the training, where fewer or more than the recipe's are wanted. */
  readonly epochs: number | undefined;
}

/** A project with its clips. */
export interface ProjectData {
  readonly project: Project;
  readonly clips: readonly Clip[];
}

export const EMPTY_PROJECT: Project = {
  title: 'my-moves',
  licence: '',
  layout: undefined,
  persons: 1,
  unit: 'normalised',
  classes: [],
  nothing: [],
  seed: 1,
  budget: 2000,
  epochs: undefined,
};

/** The file that says what the studio alone needs to know. */
export const PROJECT_FILE = 'project.json';

/** Raised when an older studio could not read the file any more. */
export const PROJECT_VERSION = 1;

/** What project.json says of a clip; its numbers are in its own file. */
export interface ClipFacts extends Pick<Clip, 'id' | 'label' | 'person' | 'source'> {
  readonly path: string;
}

/** A name that is a file's everywhere. */
export function slug(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'x';
}
