// All that the page knows, and every change that a person can make. No DOM: whatever shows it subscribes to the signals.
import { computed, signal } from '@preact/signals';
import { type Action, type OutputKind, USUAL_TARGETS } from './act/action.js';
import type { Checked, Choices, Imported, Trained, TrainingEvent, TrainingKept } from './calls.js';
import { type Clip, recordingsOf, trimmed } from './clip.js';
import { EMPTY_PROJECT, type Project, type ProjectData } from './project.js';
import type { Language, TextKey } from './texts/texts.js';

/** The steps of the person at the page, in their order. */
export const STEPS = ['record', 'check', 'train', 'try', 'ship'] as const;

export type Step = (typeof STEPS)[number];

/** Something to say, by its name in the table of texts. */
export interface Message {
  readonly key: TextKey;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Where it was said, and is shown; a fault is shown at every step, until it is closed. */
  readonly step?: Step;
  readonly isFault?: boolean;
}

/** A training as it goes. */
export interface Progress {
  readonly phase: 'idle' | 'choosing' | 'training' | 'stopping';
  readonly epoch: number;
  readonly epochs: number;
  readonly threads: number;
  readonly startedAt: number;
  /** Epochs that were done when it started. */
  readonly firstEpoch: number;
  /** [epoch, loss] */
  readonly losses: readonly (readonly [number, number])[];
  /** [epoch, accuracy at each of the rates of train/curve-rates.ts] */
  readonly accuracies: readonly (readonly number[])[];
}

const IDLE: Progress = {
  phase: 'idle',
  epoch: 0,
  epochs: 0,
  threads: 1,
  startedAt: 0,
  firstEpoch: 0,
  losses: [],
  accuracies: [],
};

/** Edits that can be undone. */
const MOST_UNDO = 50;

/** @param now a clock in milliseconds, for the time left */
export function createState(now: () => number = () => performance.now()) {
  const step = signal<Step>('record');
  const language = signal<Language>('en');
  const data = signal<ProjectData>({ project: EMPTY_PROJECT, clips: [] });
  const past = signal<readonly ProjectData[]>([]);
  const message = signal<Message | undefined>(undefined);
  const person = signal('');
  const label = signal('');
  const checked = signal<Checked | undefined>(undefined);
  const progress = signal<Progress>(IDLE);
  const kept = signal<TrainingKept | undefined>(undefined);
  const trained = signal<Trained | undefined>(undefined);
  const rate = signal(0);
  /** What least probabilities mean for the network at the rate; undefined until it is measured. */
  const choices = signal<Choices | undefined>(undefined);
  const actions = signal<readonly Action[]>([]);

  const project = computed(() => data.value.project);
  const clips = computed(() => data.value.clips);
  const persons = computed(() => [...new Set(clips.value.map((clip) => clip.person))].filter((name) => name !== ''));
  const isEmpty = computed(() => clips.value.length === 0);
  /** The project as the network was trained on it, without what came later; undefined where some of it is gone or changed. */
  const trainedData = computed(() => knownPart(data.value, trained.value));
  /** Whether the recordings are other ones than those of the network. */
  const isChanged = computed(
    () => trained.value !== undefined && trained.value.recordings !== recordingsOf(clips.value),
  );
  /** Seconds until the training ends, by its pace so far. */
  const secondsLeft = computed(() => {
    const { phase, epoch, epochs, firstEpoch, startedAt } = progress.value;
    if (phase !== 'training' || epoch <= firstEpoch) return undefined;
    return ((now() - startedAt) / 1000 / (epoch - firstEpoch)) * (epochs - epoch);
  });

  /** Changes the project or its clips so that it can be undone; what was checked or half trained no longer fits. */
  function edit(next: Partial<ProjectData>): void {
    past.value = [...past.value, data.value].slice(-MOST_UNDO);
    data.value = { ...data.value, ...next };
    checked.value = undefined;
    kept.value = undefined;
  }

  function undo(): void {
    const before = past.value.at(-1);
    if (before === undefined) return;
    past.value = past.value.slice(0, -1);
    data.value = before;
    checked.value = undefined;
    kept.value = undefined;
  }

  /** Takes the place of all that is there, as a project that was opened does. */
  function replace(next: ProjectData): void {
    edit(next);
    trained.value = undefined;
    progress.value = IDLE;
    label.value = next.project.classes[0] ?? '';
  }

  function setProject(facts: Partial<Project>): void {
    edit({ project: { ...project.value, ...facts } });
  }

  /** @returns whether there is a class of that name now */
  function addClass(name: string, isNothing = false): boolean {
    const wanted = name.trim();
    if (wanted === '') return false;
    const { classes, nothing } = project.value;
    if (!classes.includes(wanted))
      setProject({ classes: [...classes, wanted], ...(isNothing && { nothing: [...nothing, wanted] }) });
    label.value = wanted;
    return true;
  }

  /** Takes a class away together with its clips. */
  function removeClass(name: string): void {
    const without = (names: readonly string[]) => names.filter((other) => other !== name);
    const { classes, nothing } = project.value;
    edit({
      project: { ...project.value, classes: without(classes), nothing: without(nothing) },
      clips: clips.value.filter((clip) => clip.label !== name),
    });
    if (label.value === name) label.value = project.value.classes[0] ?? '';
  }

  /** Adds clips, with ids that none has yet. @returns false where their skeleton is not that of the project */
  function addClips(
    fresh: readonly Omit<Clip, 'id'>[],
    skeleton: Pick<Imported, 'layout' | 'persons' | 'unit'>,
  ): boolean {
    const { layout, persons: most, unit, classes } = project.value;
    const isSame = layout?.name === skeleton.layout.name && most === skeleton.persons && unit === skeleton.unit;
    if (layout !== undefined && !isEmpty.value && !isSame) return false;
    const first = clips.value.reduce((greatest, { id }) => Math.max(greatest, Number(id) || 0), 0) + 1;
    const added = fresh.map((clip, i) => ({ ...clip, id: String(first + i).padStart(4, '0') }));
    const labels = new Set([...classes, ...fresh.map((clip) => clip.label)]);
    edit({
      project: {
        ...project.value,
        layout: skeleton.layout,
        persons: skeleton.persons,
        unit: skeleton.unit,
        classes: [...labels],
      },
      clips: [...clips.value, ...added],
    });
    return true;
  }

  /** Adds recordings from files; the first ones name the project. */
  function addImported(imported: Imported): boolean {
    const isFirst = isEmpty.value;
    if (!addClips(imported.clips, imported)) return false;
    const { title, licence, nothing } = imported;
    const all = [...new Set([...project.value.nothing, ...nothing])];
    const named = isFirst ? { title, licence, classes: imported.classes } : {};
    data.value = { ...data.value, project: { ...project.value, ...named, nothing: all } };
    label.value = project.value.classes[0] ?? '';
    return true;
  }

  function change(id: string, changed: (clip: Clip) => Clip): void {
    edit({ clips: clips.value.map((clip) => (clip.id === id ? changed(clip) : clip)) });
  }

  const relabel = (id: string, name: string) => change(id, (clip) => ({ ...clip, label: name }));
  const trim = (id: string, start: number, end: number) => change(id, (clip) => trimmed(clip, start, end));
  const remove = (id: string) => edit({ clips: clips.value.filter((clip) => clip.id !== id) });

  function addAction(output: OutputKind): void {
    const id = String(1 + Math.max(0, ...actions.value.map((action) => Number(action.id))));
    const action: Action = { id, output, label: '', moment: 'start', target: USUAL_TARGETS[output] };
    actions.value = [...actions.value, action];
  }

  function changeAction(id: string, facts: Partial<Action>): void {
    actions.value = actions.value.map((action) => (action.id === id ? { ...action, ...facts } : action));
  }

  const removeAction = (id: string) => {
    actions.value = actions.value.filter((action) => action.id !== id);
  };

  /** Follows a training by its events. */
  function follow(event: TrainingEvent): void {
    const before = progress.value;
    if (event.type === 'start') {
      const { epoch, epochs, threads } = event;
      const begins = { phase: 'training', epoch, epochs, threads, firstEpoch: epoch, startedAt: now() } as const;
      progress.value = {
        ...IDLE,
        ...begins,
        ...(epoch > 0 && { losses: before.losses, accuracies: before.accuracies }),
      };
    } else if (event.type === 'epoch') {
      const { epoch, epochs, loss } = event;
      progress.value = { ...before, epoch, epochs, losses: [...before.losses, [epoch, loss]] };
    } else if (event.type === 'evaluation') {
      const line = [event.epoch, ...event.results.map(({ accuracy }) => accuracy)];
      progress.value = { ...before, accuracies: [...before.accuracies, line] };
    } else if (event.type === 'checkpoint') kept.value = event.kept;
  }

  function beginTraining(): void {
    progress.value = { ...progress.value, phase: 'choosing' };
  }

  /** A training ended: with a network, or stopped. */
  function endTraining(result: Trained | undefined): void {
    progress.value = { ...progress.value, phase: 'idle' };
    if (result === undefined) return;
    trained.value = result;
    choices.value = undefined;
    kept.value = undefined;
    rate.value = smallestAsGood(result);
  }

  function stopping(): void {
    progress.value = { ...progress.value, phase: 'stopping' };
  }

  /** What was said last, where it was said. */
  const saying = computed(() => {
    const { value } = message;
    return value?.isFault || value?.step === step.value ? value : undefined;
  });

  const say = (key: TextKey, values: Message['values'] = {}) => {
    message.value = { key, values, step: step.value };
  };
  const fail = (key: TextKey, values: Message['values'] = {}) => {
    message.value = { key, values, isFault: true };
  };

  return {
    step,
    language,
    data,
    past,
    message,
    saying,
    person,
    label,
    checked,
    progress,
    kept,
    trained,
    rate,
    choices,
    actions,
    project,
    clips,
    persons,
    isEmpty,
    trainedData,
    isChanged,
    secondsLeft,
    edit,
    undo,
    replace,
    setProject,
    addClass,
    removeClass,
    addClips,
    addImported,
    relabel,
    trim,
    remove,
    addAction,
    changeAction,
    removeAction,
    follow,
    beginTraining,
    endTraining,
    stopping,
    say,
    fail,
  };
}

export type StudioState = ReturnType<typeof createState>;

/** The largest rate whose accuracy is the best of all: the smallest network that answers as well as any. */
export function smallestAsGood({ rows }: Pick<Trained, 'rows'>): number {
  const best = Math.max(...rows.map(({ accuracy }) => accuracy));
  return rows.findLast(({ accuracy }) => accuracy === best)?.rate ?? 0;
}

/** The part of a project that a network knows, if all of that is there and as it was. */
function knownPart({ project, clips }: ProjectData, trained: Trained | undefined): ProjectData | undefined {
  if (trained === undefined) return undefined;
  const known = clips.filter((clip) => trained.recordings.split('\n').includes(recordingsOf([clip])));
  if (recordingsOf(known) !== trained.recordings) return undefined;
  const labels = new Set(known.map(({ label }) => label));
  const has = (name: string) => labels.has(name);
  return {
    project: { ...project, classes: project.classes.filter(has), nothing: project.nothing.filter(has) },
    clips: known,
  };
}
