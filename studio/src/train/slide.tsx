import type { ReportRow } from 'anyrate/browser';
import { formatRateInPercent, halvings, medianLatency, RateSlider } from 'anyrate/page';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Trained } from '../calls.js';
import { keptPart } from '../clip.js';
import { useText } from '../context.js';
import { formatBytes } from '../format.js';
import { ClipCard } from '../record/clip-grid.js';
import { smallestAsGood } from '../state.js';
import { percent } from '../studio.js';
import { useView } from '../try/use-view.js';

/** Time without a move of the slider until a rate is measured, in milliseconds. */
const CALM = 250;

/** Chooses how small the network is to be. */
export function Slide({ trained }: { readonly trained: Trained }) {
  const { studio, text } = useText();
  const { rate } = studio.state;
  const input = useRef<HTMLInputElement>(null);
  const slider = useRef<RateSlider>(undefined);
  useEffect(() => {
    slider.current = new RateSlider(input.current!, 0, rate.value, (chosen) => (rate.value = chosen));
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => studio.measure(rate.value), CALM);
    return () => clearTimeout(timer);
  }, [studio, rate.value]);
  const row = trained.rows.find((one) => one.rate === rate.value);
  return (
    <section class="card">
      <h3>{text('slide')}</h3>
      <div class="rate">
        <label for="rate">{text('slideRate')}</label>
        <output for="rate">{formatRateInPercent(rate.value)}</output>
      </div>
      <div>
        <input id="rate" ref={input} />
      </div>
      <p>
        <button type="button" onClick={() => slider.current?.moveTo(smallestAsGood(trained))}>
          {text('slideBest')}
        </button>
      </p>
      <Facts row={row} />
      <h4>{text('slideCurve')}</h4>
      <RateCurve rows={trained.rows} rate={rate.value} />
      {row?.confusion !== undefined && <ConfusionTable row={row} tested={trained.tested} />}
    </section>
  );
}

function Facts({ row }: { readonly row: ReportRow | undefined }) {
  const { studio, text } = useText();
  const { trainedData } = studio.state;
  const measuring = text(trainedData.value === undefined ? 'slideChanged' : 'slideMeasuring');
  const latency = useLatency();
  return (
    <dl class="facts">
      <div>
        <dt>{text('slideAccuracy')}</dt>
        <dd>
          {row === undefined ? measuring : percent(row.accuracy)}{' '}
          {row && <small>{text('slideOf', { correct: row.correct, total: row.total })}</small>}
        </dd>
      </div>
      <div>
        <dt>{text('slideBytes')}</dt>
        <dd>{row === undefined ? measuring : formatBytes(row.bytes)}</dd>
      </div>
      <div>
        <dt>{text('slideWeights')}</dt>
        <dd>{row === undefined ? measuring : row.nonzeros.toLocaleString('en')}</dd>
      </div>
      <div>
        <dt>{text('slideLatency')}</dt>
        <dd>{latency === undefined ? text('slideMeasuring') : `${latency.toFixed(latency < 100 ? 1 : 0)} µs`}</dd>
      </div>
    </dl>
  );
}

/** Microseconds that an answer takes in this browser at the chosen rate. */
function useLatency(): number | undefined {
  const { studio } = useText();
  const view = useView();
  const [latency, setLatency] = useState<number>();
  useEffect(() => {
    setLatency(undefined);
    const [clip] = studio.state.clips.value;
    if (view === undefined || clip === undefined) return;
    const sequence = keptPart(clip);
    const timer = setTimeout(() => setLatency(medianLatency(() => view.predict(sequence), 5)), CALM * 2);
    return () => clearTimeout(timer);
  }, [view]);
  return latency;
}

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [640, 180, 44, 24];

/** Accuracy over halvings of the weights. */
function RateCurve({ rows, rate }: { readonly rows: readonly ReportRow[]; readonly rate: number }) {
  const { text } = useText();
  const most = Math.max(halvings(rate), ...rows.map((row) => halvings(row.rate)));
  const x = (at: number) => LEFT + (halvings(at) / most) * (WIDTH - LEFT - 12);
  const y = (accuracy: number) => 8 + (1 - accuracy) * (HEIGHT - BOTTOM - 8);
  const words = rows.map((row) => `${formatRateInPercent(row.rate)}: ${percent(row.accuracy)}`).join(', ');
  return (
    <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${text('slideCurve')}. ${words}`}>
      {[0, 0.5, 1].map((share) => (
        <g key={share} class="grid">
          <line x1={LEFT} x2={WIDTH - 12} y1={y(share)} y2={y(share)} />
          <text x={LEFT - 6} y={y(share) + 4} text-anchor="end">
            {share * 100} %
          </text>
        </g>
      ))}
      {[0, 0.5, 0.75, 0.9, 0.98, 0.995].map((mark) => (
        <text key={mark} x={x(mark)} y={HEIGHT - 6} text-anchor={x(mark) > WIDTH - 40 ? 'end' : 'middle'}>
          {formatRateInPercent(mark)}
        </text>
      ))}
      <polyline points={rows.map((row) => `${x(row.rate)},${y(row.accuracy)}`).join(' ')} />
      {rows.map((row) => (
        <circle
          key={row.rate}
          class={row.rate === rate ? 'chosen' : ''}
          cx={x(row.rate)}
          cy={y(row.accuracy)}
          r={row.rate === rate ? 6 : 3.5}
        />
      ))}
    </svg>
  );
}

/** How often each movement was taken for each, with the recordings of a cell. */
function ConfusionTable({ row, tested }: { readonly row: ReportRow; readonly tested: readonly string[] }) {
  const { studio, text } = useText();
  const [cell, setCell] = useState<readonly [string, string]>();
  const { project: { classes: names } = { classes: [] }, clips = [] } = studio.state.trainedData.value ?? {};
  const { counts } = row.confusion!;
  const answers = new Map(row.wrong?.map(({ id, answer }) => [id, answer]));
  const shown = clips.filter(
    ({ id, label }) =>
      cell !== undefined && tested.includes(id) && label === cell[0] && (answers.get(id) ?? label) === cell[1],
  );
  if (counts.length !== names.length) return null; // the recordings are gone, or have other names
  return (
    <>
      <h4 id="confusion">{text('confusion')}</h4>
      <p class="faint">{text('confusionHint')}</p>
      <div class="scroll">
        <table class="confusion" aria-labelledby="confusion">
          <thead>
            <tr>
              <td />
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((label, i) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {names.map((answer, j) => (
                  <td key={answer} class={counts[i][j] === 0 ? '' : i === j ? 'right' : 'wrong'}>
                    {counts[i][j] === 0 ? (
                      '·'
                    ) : (
                      <button
                        type="button"
                        class="plain"
                        aria-label={text('confusionCell', { count: counts[i][j], label, answer })}
                        aria-pressed={cell?.[0] === label && cell[1] === answer}
                        onClick={() => setCell([label, answer])}
                      >
                        {counts[i][j]}
                      </button>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul class="clips">
        {shown.map((clip) => (
          <li key={clip.id}>
            <ClipCard clip={clip} />
          </li>
        ))}
      </ul>
    </>
  );
}
