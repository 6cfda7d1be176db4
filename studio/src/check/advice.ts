import type { ProjectData } from '../project.js';
import type { TextKey } from '../texts/texts.js';

/** Recordings of a class from which on more of them matter less. */
const ENOUGH = 10;

/** One sentence on what would help most. */
export interface Advice {
  readonly key: TextKey;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Recordings of each class by each person. */
export function countsOf({ project, clips }: ProjectData): {
  persons: string[];
  rows: { name: string; counts: number[] }[];
} {
  const persons = [...new Set(clips.map(({ person }) => person))].toSorted();
  const rows = project.classes.map((name) => ({
    name,
    counts: persons.map((person) => clips.filter((clip) => clip.label === name && clip.person === person).length),
  }));
  return { persons, rows };
}

/** What would help most, the most important first; empty where nothing obvious is lacking. */
export function adviceFor(data: ProjectData): Advice[] {
  const { persons, rows } = countsOf(data);
  const totals = rows.map(({ name, counts }) => ({ name, count: counts.reduce((sum, count) => sum + count, 0) }));
  const named = persons.filter((person) => person !== '');
  const advice: Advice[] = [];
  if (totals.length < 2) advice.push({ key: 'adviceClass', values: {} });
  for (const { name, count } of totals.toSorted((a, b) => a.count - b.count)) {
    if (count < ENOUGH) advice.push({ key: 'adviceMore', values: { count: ENOUGH - count, name } });
  }
  if (data.clips.length > 0 && named.length < 2) advice.push({ key: 'advicePerson', values: {} });
  if (named.length < persons.length && named.length > 0) advice.push({ key: 'adviceUnnamed', values: {} });
  for (const { name, counts } of rows) {
    const lacking = persons.find((person, i) => person !== '' && counts[i] === 0);
    if (named.length > 1 && lacking !== undefined)
      advice.push({ key: 'adviceLacking', values: { name, person: lacking } });
  }
  if (data.project.nothing.length === 0 && data.clips.length > 0) advice.push({ key: 'adviceNothing', values: {} });
  return advice;
}
