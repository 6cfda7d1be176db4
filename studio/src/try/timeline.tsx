import { useText } from '../context.js';
import type { LiveSession } from './live-session.js';

/** Seconds that are shown. */
const SPAN = 20;
/** Of a row, in pixels. */
const ROW = 22;

/** What was recognised in the last seconds, a row a class. */
export function Timeline({ session, classes }: { readonly session: LiveSession; readonly classes: readonly string[] }) {
  const { text } = useText();
  const now = session.seconds.value;
  const from = now - SPAN;
  const shown = session.events.value.filter(({ end }) => end === undefined || end > from);
  const share = (seconds: number) => (100 * (Math.max(seconds, from) - from)) / SPAN;
  return (
    <div class="timeline" role="img" aria-label={text('tryTimeline')}>
      {classes.map((name) => [
        <span key={name}>{name}</span>,
        <svg key={`${name} in time`} height={ROW} aria-hidden="true">
          <line x1="0" x2="100%" y1={ROW / 2} y2={ROW / 2} />
          {shown
            .filter((event) => event.name === name)
            .map(({ start, end = now, isFalse }) => (
              <rect
                key={start}
                class={isFalse ? 'false' : ''}
                x={`${share(start)}%`}
                width={`${Math.max(share(end) - share(start), 0.5)}%`}
                y={4}
                height={ROW - 8}
                rx={3}
              />
            ))}
        </svg>,
      ])}
    </div>
  );
}
