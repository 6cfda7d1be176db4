// What the page does: state, storage and engine together. Views call it, and show the state.
import { effect } from '@preact/signals';
import type { Action, Happening } from './act/action.js';
import { OUTPUT_NAMES } from './act/output-names.js';
import { Performer } from './act/performer.js';
import { CallError, WorkerClient } from './bridge/worker-client.js';
import type { EngineCalls, Imported, Opened, PlacedFile, ShippedFile } from './calls.js';
import { type Clip, secondsOf } from './clip.js';
import type { Detector } from './record/detector/detector.js';
import type { SubjectShape } from './record/detector/landmarks.js';
import { createState, type StudioState } from './state.js';
import type { Storage } from './storage.js';
import { type TextKey, textOf } from './texts/texts.js';

/** Where a studio gets what is outside the page; tests bring their own. */
export interface Outside {
  readonly startEngine: () => Worker;
  readonly startDetector: () => Detector;
  readonly openStorage: () => Promise<Storage>;
  readonly fetchReady: () => Promise<Uint8Array>;
  /** From the first opening of the camera on, the page works without a net. */
  readonly keepOffline: () => Promise<boolean>;
  readonly threads: number;
}

/** Coordinates are shares of the picture's height. */
const CAMERA_UNIT = 'image';

/** One tab's studio. */
export class Studio {
  readonly state: StudioState = createState();
  readonly outside: Outside;
  readonly performer = new Performer((action, error) => this.tellOutput(action, error));
  private readonly engine: WorkerClient<EngineCalls>;
  /** Trainings have an engine of their own, so that checks and exports go on beside them. */
  private readonly trainer: WorkerClient<EngineCalls>;
  private storage: Storage | undefined;
  private writes: Promise<unknown> = Promise.resolve();
  private stopping: AbortController | undefined;

  constructor(outside: Outside) {
    this.outside = outside;
    this.engine = new WorkerClient(outside.startEngine);
    this.trainer = new WorkerClient(outside.startEngine);
  }

  /** Takes up what was kept, and keeps every change from now on. */
  async open(): Promise<void> {
    const { state } = this;
    try {
      this.storage = await this.outside.openStorage();
      const data = await this.storage.project();
      if (data !== undefined) {
        state.data.value = data;
        state.label.value = data.project.classes[0] ?? '';
        state.person.value = data.clips.at(-1)?.person ?? '';
      }
      state.kept.value = await this.storage.training();
      const trained = await this.storage.model();
      if (trained !== undefined) state.endTraining(trained);
      state.actions.value = await this.storage.actions();
    } catch {
      state.fail('storageRefused');
    }
    this.keep(state.data, (storage, value) => storage.keepProject(value));
    this.keep(state.kept, (storage, value) => storage.keepTraining(value));
    this.keep(state.trained, (storage, value) => storage.keepModel(value));
    this.keep(state.actions, (storage, value) => storage.keepActions(value));
    effect(() => this.performer.keep(state.actions.value));
  }

  async importFiles(files: readonly PlacedFile[]): Promise<void> {
    const [first] = files;
    if (first === undefined) return;
    if (files.length === 1 && first.path.endsWith('.zip')) return this.openFile(first.file);
    await this.telling('importing', async () => this.take(await this.engine.call('import', { files })));
  }

  async loadReady(): Promise<void> {
    await this.telling('importing', async () => {
      const bytes = await this.outside.fetchReady();
      this.take(await this.engine.call('ready', { bytes }));
    });
  }

  async saveProject(): Promise<Uint8Array | undefined> {
    return this.telling('saving', () => this.engine.call('save', this.state.data.value));
  }

  async check(): Promise<void> {
    const { state } = this;
    const data = state.data.value;
    await this.telling('checking', async () => {
      const checked = await this.engine.call('check', data);
      if (state.data.value === data) state.checked.value = checked;
      state.say('checkedNow', { count: checked.findings.length });
    });
  }

  /** Trains: from where it was stopped if it was; else anew, or on from the network that there is. */
  async train(isOn = false): Promise<void> {
    const { state } = this;
    if (state.progress.value.phase !== 'idle') return;
    this.stopping = new AbortController();
    state.beginTraining();
    state.say('trainingBegins');
    try {
      const { signal } = this.stopping;
      const from = isOn ? state.trained.value : undefined;
      const order = { data: state.data.value, kept: state.kept.value, threads: this.outside.threads, from };
      const result = await this.trainer.call('train', order, { signal, onEvent: (event) => state.follow(event) });
      state.endTraining(result);
      if (result === undefined) state.say('trainingStopped');
      else state.say('trainingDone', { accuracy: percent(bestAccuracy(result.rows)) });
    } catch (error) {
      state.endTraining(undefined);
      this.tell(error);
    }
    this.stopping = undefined;
    this.trainer.close();
  }

  stop(): void {
    this.state.stopping();
    this.stopping?.abort();
  }

  /** Measures the network at one more rate. */
  async measure(rate: number): Promise<void> {
    const { state } = this;
    const { trained } = state;
    const before = trained.value;
    const data = state.trainedData.value;
    if (before === undefined || data === undefined || before.rows.some((row) => row.rate === rate)) return;
    await this.telling(undefined, async () => {
      const rows = await this.engine.call('measure', { data, model: before.model, rates: [rate] });
      if (trained.value?.model !== before.model) return;
      trained.value = { ...trained.value, rows: [...trained.value.rows, ...rows].toSorted((a, b) => a.rate - b.rate) };
    });
  }

  /** Finds out what least probabilities mean for the network at the chosen rate. */
  async measureChoices(): Promise<void> {
    const { trained, trainedData, rate, choices } = this.state;
    const [before, data, wanted] = [trained.value, trainedData.value, rate.value];
    if (before === undefined || data === undefined) return;
    await this.telling(undefined, async () => {
      const { model, tested } = before;
      const found = await this.engine.call('choices', { data, model, rate: wanted, tested });
      if (trained.value?.model === model && rate.value === wanted) choices.value = found;
    });
  }

  async ship(format: string): Promise<readonly ShippedFile[] | undefined> {
    const { data, trained, rate } = this.state;
    if (trained.value === undefined) return undefined;
    const order = { data: data.value, model: trained.value.model, rate: rate.value, format };
    return this.telling('saving', () => this.engine.call('ship', order));
  }

  /** Keeps what the camera recorded. */
  async keepRecorded(shape: SubjectShape, clips: readonly Omit<Clip, 'id'>[], label: string): Promise<void> {
    const { state } = this;
    if (clips.length === 0) return state.fail('recordedNothing');
    await this.telling(undefined, async () => {
      const layout = await this.engine.call('layout', { name: shape.layout });
      if (!state.addClips(clips, { layout, persons: shape.persons, unit: CAMERA_UNIT })) {
        return state.fail('otherSkeleton', { layout: layout.name });
      }
      const seconds = clips.reduce((sum, clip) => sum + secondsOf({ ...clip, id: '' }), 0);
      state.say('recorded', { name: label, seconds: seconds.toFixed(1) });
    });
  }

  /** Does whatever shall happen when this is recognised. */
  async perform(happening: Happening): Promise<void> {
    await this.performer.perform(this.state.actions.value, happening);
  }

  private async openFile(file: File): Promise<void> {
    await this.telling('importing', async () => {
      const opened: Opened = await this.engine.call('open', { file });
      if (opened.type === 'recordings') return this.take(opened.imported);
      this.state.replace(opened.data);
      this.state.say('opened', { title: opened.data.project.title, count: opened.data.clips.length });
    });
  }

  private take(imported: Imported): void {
    const { state } = this;
    const { clips, skipped, layout } = imported;
    if (!state.addImported(imported)) state.fail('otherSkeleton', { layout: layout.name });
    else state.say(skipped.length > 0 ? 'importedSome' : 'imported', { count: clips.length, skipped: skipped.length });
  }

  /** Says what begins, and what went wrong if something did. */
  private async telling<T>(
    key: Parameters<StudioState['say']>[0] | undefined,
    act: () => Promise<T>,
  ): Promise<T | undefined> {
    if (key !== undefined) this.state.say(key);
    try {
      const result = await act();
      if (this.state.message.value?.key === key) this.state.message.value = undefined;
      return result;
    } catch (error) {
      this.tell(error);
      return undefined;
    }
  }

  private tell(error: unknown): void {
    const { name, message } = error as Error;
    const isCrash = error instanceof CallError && name === 'WorkerEnded';
    this.state.fail(isCrash ? 'workerCrashed' : 'fault', { message });
  }

  private tellOutput({ output }: Action, { name, message }: Error): void {
    const { state } = this;
    const values = { output: textOf(state.language.value, OUTPUT_NAMES[output]), message };
    const isNoDevice = name === 'NotFoundError'; // nobody chose one
    if (name === 'OutputError') state.fail(message as TextKey, values);
    else state.fail(isNoDevice ? 'actNoDevice' : 'actFailed', values);
  }

  /** Writes a signal's changes one after the other; a disk that is full is told, and nothing is lost in the page. */
  private keep<T>(source: { readonly value: T }, write: (storage: Storage, value: T) => Promise<void>): void {
    let isFirst = true;
    effect(() => {
      const { value } = source;
      if (isFirst || this.storage === undefined) {
        isFirst = false;
        return;
      }
      const { storage } = this;
      this.writes = this.writes.then(() => write(storage, value)).catch(() => this.state.fail('storageFull'));
    });
  }
}

function bestAccuracy(rows: readonly { readonly accuracy: number }[]): number {
  return Math.max(...rows.map(({ accuracy }) => accuracy));
}

/** 0.932 as 93.2 %. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
