import { useText } from '../context.js';
import type { LiveSession } from './live-session.js';

/** Seconds that are shown. */
const SPAN = 20;
const [WIDTH, ROW, LEFT] = [640, 22, 150];

/** What was recognised in the last seconds, a row a class. */
export function Timeline({ session, classes }: { readonly session: LiveSession; readonly classes: readonly string[] }) {
  const { text } = useText();
  const now = session.seconds.value;
  const from = now - SPAN;
  const shown = session.events.value.filter(({ end }) => end === undefined || end > from);
  const x = (seconds: number) => LEFT + ((Math.max(seconds, from) - from) / SPAN) * (WIDTH - LEFT);
  return (
    <svg class="timeline" viewBox={`0 0 ${WIDTH} ${classes.length * ROW}`} role="img" aria-label={text('tryTimeline')}>
      {classes.map((name, row) => (
        <g key={name}>
          <text x={0} y={row * ROW + 15}>
            {name.length > 20 ? `${name.slice(0, 19)}…` : name}
          </text>
          <line x1={LEFT} x2={WIDTH} y1={row * ROW + ROW / 2} y2={row * ROW + ROW / 2} />
          {shown
            .filter((event) => event.name === name)
            .map(({ start, end = now, isFalse }) => (
              <rect
                key={start}
                class={isFalse ? 'false' : ''}
                x={x(start)}
                width={Math.max(x(end) - x(start), 2)}
                y={row * ROW + 4}
                height={ROW - 8}
                rx={3}
              />
            ))}
        </g>
      ))}
    </svg>
  );
}
