// What outlives the tab, in IndexedDB: the project, its clips, a training that is under way, and the model.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Action } from './act/action.js';
import type { Trained, TrainingKept } from './calls.js';
import type { Clip } from './clip.js';
import type { Project, ProjectData } from './project.js';

interface Tables extends DBSchema {
  clips: { key: string; value: Clip };
  facts: { key: string; value: Project | TrainingKept | Trained | readonly Action[] };
}

/** Of 1, networks and trainings did not say what they began with. */
const VERSION = 2;

/** Keeps one studio's work. */
export class Storage {
  private readonly database: IDBPDatabase<Tables>;
  private kept: ProjectData | undefined;

  private constructor(database: IDBPDatabase<Tables>) {
    this.database = database;
  }

  static async open(name = 'anyrate-studio'): Promise<Storage> {
    const database = await openDB<Tables>(name, VERSION, {
      upgrade(fresh, before, _, transaction) {
        if (before === 1) for (const key of ['model', 'training']) transaction.objectStore('facts').delete(key);
        if (before > 0) return;
        fresh.createObjectStore('clips', { keyPath: 'id' });
        fresh.createObjectStore('facts');
      },
    });
    return new Storage(database);
  }

  async project(): Promise<ProjectData | undefined> {
    const project = (await this.database.get('facts', 'project')) as Project | undefined;
    if (project === undefined) return undefined;
    const data = { project, clips: await this.database.getAll('clips') };
    this.kept = data;
    return data;
  }

  /** Writes what is different from what was kept last, all of it or nothing. @throws DOMException when the disk is full */
  async keepProject(data: ProjectData): Promise<void> {
    const before = new Map(this.kept?.clips.map((clip) => [clip.id, clip]));
    const after = new Set(data.clips.map(({ id }) => id));
    const transaction = this.database.transaction(['clips', 'facts'], 'readwrite');
    const clips = transaction.objectStore('clips');
    const writes = [
      ...data.clips.filter((clip) => before.get(clip.id) !== clip).map((clip) => clips.put(clip)),
      ...[...before.keys()].filter((id) => !after.has(id)).map((id) => clips.delete(id)),
      transaction.objectStore('facts').put(data.project, 'project'),
    ];
    await Promise.all([...writes, transaction.done]);
    this.kept = data;
  }

  async training(): Promise<TrainingKept | undefined> {
    return (await this.database.get('facts', 'training')) as TrainingKept | undefined;
  }

  async keepTraining(training: TrainingKept | undefined): Promise<void> {
    await this.keepFact('training', training);
  }

  async model(): Promise<Trained | undefined> {
    return (await this.database.get('facts', 'model')) as Trained | undefined;
  }

  async keepModel(model: Trained | undefined): Promise<void> {
    await this.keepFact('model', model);
  }

  async actions(): Promise<readonly Action[]> {
    return ((await this.database.get('facts', 'actions')) as readonly Action[] | undefined) ?? [];
  }

  async keepActions(actions: readonly Action[]): Promise<void> {
    await this.database.put('facts', actions, 'actions');
  }

  close(): void {
    this.database.close();
  }

  private async keepFact(key: string, value: TrainingKept | Trained | undefined): Promise<void> {
    if (value === undefined) await this.database.delete('facts', key);
    else await this.database.put('facts', value, key);
  }
}
