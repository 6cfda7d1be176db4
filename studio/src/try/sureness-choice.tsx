import type { Choices } from '../calls.js';
import { useText } from '../context.js';
import { percent } from '../studio.js';

/** False alarms a minute that most people bear. */
const BEARABLE = 1;

/** Of those with at most one false alarm a minute, the one that misses least; else the surest. Undefined where none were counted. */
export function confidenceOf(choices: Choices | undefined): number | undefined {
  const counted = choices?.rows.filter(({ alarms }) => alarms !== undefined) ?? [];
  return (counted.find(({ alarms }) => alarms! <= BEARABLE) ?? counted.at(-1))?.confidence;
}

interface SurenessChoiceProps {
  readonly choices: Choices;
  readonly confidence: number;
  readonly onChoose: (confidence: number) => void;
}

/** How many false alarms a minute are borne, and what that costs. */
export function SurenessChoice({ choices, confidence, onChoose }: SurenessChoiceProps) {
  const { text } = useText();
  const { rows, seconds, isNew } = choices;
  const isCounted = rows.some(({ alarms }) => alarms !== undefined);
  const hint = isNew ? 'tryCounted' : 'tryCountedSeen';
  return (
    <div class="field">
      <label class="field">
        {text(isCounted ? 'tryRule' : 'tryRefused')}
        <select value={confidence} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
          {rows.map((row) => {
            const words = { missed: percent(row.missed), confidence: row.confidence };
            return (
              <option key={row.confidence} value={row.confidence}>
                {row.alarms === undefined
                  ? text('tryMissed', words)
                  : text('tryAlarms', { ...words, alarms: row.alarms.toFixed(1) })}
              </option>
            );
          })}
        </select>
      </label>
      <small class="faint">{isCounted ? text(hint, { seconds: Math.round(seconds) }) : text('tryNoBackground')}</small>
    </div>
  );
}
