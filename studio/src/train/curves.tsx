import { formatRateInPercent } from 'anyrate/page';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { useText } from '../context.js';
import { CURVE_RATES } from './curve-rates.js';

/** Loss, and accuracy at three rates, while a network is trained. */
export function Curves() {
  const { studio, text } = useText();
  const { losses, accuracies } = studio.state.progress.value;
  const accuracyNames = CURVE_RATES.map((rate) => text('trainAt', { rate: formatRateInPercent(rate) }));
  return (
    <div class="columns">
      <Plot title={text('trainLoss')} names={[text('trainLoss')]} rows={losses} />
      <Plot title={text('trainAccuracy')} names={accuracyNames} rows={accuracies} isShare />
    </div>
  );
}

interface PlotProps {
  readonly title: string;
  readonly names: readonly string[];
  /** [x, a number for each name] */
  readonly rows: readonly (readonly number[])[];
  readonly isShare?: boolean;
}

const HEIGHT = 190;
/** Custom properties of the style sheet, one a line. */
const COLOURS = ['--accent', '--second', '--third'];
/** Rounds from one mark of the axis to the next: whole ones. */
const ROUNDS_APART = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

function Plot({ title, names, rows, isShare = false }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const key = names.join('|');
  useEffect(() => {
    const element = place.current!;
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(names, isShare, element), [[]], element);
      plot.current.setData(columnsOf(rows, names.length));
    };
    draw();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      dark.removeEventListener('change', draw);
      observer.disconnect();
      plot.current?.destroy();
    };
  }, [key, isShare]);
  useEffect(() => plot.current?.setData(columnsOf(rows, names.length)), [rows]);
  const last = rows.at(-1);
  const now = names.map((name, i) => `${name}: ${numberText(last?.[i + 1], isShare)}`).join(', ');
  return (
    <figure class="card">
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      <div ref={place} role="img" aria-label={`${title}. ${last === undefined ? '' : now}`} />
      <ul class="legend">
        {names.map((name, i) => (
          <li key={name} class={`line-${i}`}>
            {name}: <output>{numberText(last?.[i + 1], isShare)}</output>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function numberText(value: number | undefined, isShare: boolean): string {
  if (value === undefined) return '–';
  return isShare ? `${(value * 100).toFixed(1)} %` : value.toFixed(3);
}

function columnsOf(rows: readonly (readonly number[])[], lines: number): uPlot.AlignedData {
  return Array.from({ length: lines + 1 }, (_, i) => rows.map((row) => row[i])) as unknown as uPlot.AlignedData;
}

function optionsOf(names: readonly string[], isShare: boolean, element: HTMLElement): uPlot.Options {
  const colour = (name: string) => {
    element.style.setProperty('color', `var(${name})`); // light or dark is known to colours alone
    return getComputedStyle(element).color;
  };
  const axis = { stroke: colour('--faint'), grid: { stroke: colour('--edge') }, ticks: { stroke: colour('--edge') } };
  const percent = (_: uPlot, ticks: readonly number[]) => ticks.map((value) => `${Math.round(value * 100)} %`);
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: isShare ? { range: [0, 1] } : {} },
    axes: [
      { ...axis, incrs: ROUNDS_APART },
      { ...axis, size: 55, ...(isShare && { values: percent as uPlot.Axis.Values }) },
    ],
    series: [{}, ...names.map((label, i) => ({ label, stroke: colour(COLOURS[i]), width: 2 }))],
  };
}
