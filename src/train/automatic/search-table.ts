import { markdownTable } from 'markdown-table';
import { checkArguments, listOf, objectWith } from '../../core/arguments.js';
import { formatCounted, formatPercent } from '../../core/format.js';
import type { Choices } from './automatic-recipe.js';
import type { Round } from './search-recipe.js';

interface Column {
  readonly title: string;
  readonly align: 'l' | 'r' | 'c';
  readonly cells: readonly string[];
  /** Where false, the column is left out if all trials have the same. */
  readonly isKept: boolean;
}

/**
 * What a search tried, as a Markdown table: a line a trial, round by round; `yes` where it went on from. What was the same in
 * all trials has no column.
 */
export function searchTable(rounds: readonly Round[]): string {
  checkArguments('searchTable', { rounds: [listOf('rounds of a search', objectWith('', 'trials')), rounds] });
  const columns = columnsOf(rounds).filter(({ cells, isKept }) => isKept || cells.some((cell) => cell !== cells[0]));
  const rows = columns[0].cells.map((_, i) => columns.map(({ cells }) => cells[i]));
  const align = columns.map((column) => column.align);
  return markdownTable([columns.map(({ title }) => title), ...rows], { align });
}

function columnsOf(rounds: readonly Round[]): Column[] {
  const trials = rounds.flatMap((round) => round.trials.map((trial) => ({ ...trial, isTaken: trial === round.best })));
  const chosen = (title: string, cellOf: (choices: Choices) => string, align: 'l' | 'r' = 'l'): Column => {
    return { title, align, cells: trials.map(({ choices }) => cellOf(choices)), isKept: title === 'direction' };
  };
  const found = (title: string, align: Column['align'], cellOf: (trial: (typeof trials)[number]) => string): Column => {
    return { title, align, cells: trials.map(cellOf), isKept: true };
  };
  return [
    chosen('direction', ({ direction }) => direction),
    chosen('origin', ({ origin }) => origin),
    chosen('parts', ({ chunks }) => String(chunks), 'r'),
    chosen('rotations', ({ rotations }) => rotations),
    chosen('mirrored', mirrorInWords),
    chosen('network', ({ family = 'one-block' }) => family),
    found('judged by', 'l', ({ judge, steps }) => (judge === 'kernel' ? 'kernel ridge' : formatCounted(steps, 'step'))),
    found('validation', 'r', ({ accuracy }) => formatPercent(accuracy)),
    found('taken', 'c', ({ isTaken }) => (isTaken ? 'yes' : '–')),
  ];
}

/** `direction heading, origin moving, 4 parts of the time, small rotations, mirrored with 4 pairs of classes exchanged`. */
export function choicesInWords(choices: Choices): string {
  const { direction, origin, chunks, rotations, family } = choices;
  const network = family === 'over-time' ? ', a network over time' : '';
  const mirrored = choices.mirror === undefined ? 'not mirrored' : `mirrored with ${mirrorInWords(choices)} exchanged`;
  return `direction ${direction}, origin ${origin}, ${chunks} parts of the time, ${rotations} rotations, ${mirrored}${network}`;
}

function mirrorInWords({ mirror }: Choices): string {
  if (mirror === undefined) return '–';
  const pairs = Object.keys(mirror).length / 2;
  return pairs === 0 ? 'no classes' : `${formatCounted(pairs, 'pair')} of classes`;
}
