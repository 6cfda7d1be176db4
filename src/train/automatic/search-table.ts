import { markdownTable } from 'markdown-table';
import { formatCount, formatPercent } from '../../core/format.js';
import type { Round } from './search-recipe.js';

/** What a search tried, as a Markdown table: a line a trial, round by round; `yes` where it went on from. */
export function searchTable(rounds: readonly Round[]): string {
  const head = ['direction', 'origin', 'rotations', 'judged by', 'steps', 'validation', 'taken'];
  const rows = rounds.flatMap(({ trials, best }) =>
    trials.map((trial) => {
      const { direction, origin, rotations } = trial.choices;
      const judge = trial.judge === 'kernel' ? 'kernel ridge regression' : 'short trainings';
      const facts = [formatCount(trial.steps), formatPercent(trial.accuracy), trial === best ? 'yes' : '–'];
      return [direction, origin, rotations, judge, ...facts];
    }),
  );
  return markdownTable([head, ...rows], { align: ['l', 'l', 'l', 'l', 'r', 'r', 'c'] });
}
