import { useText } from '../context.js';
import type { LiveSession, Movement, Recognised } from './live-session.js';

/** Events and movements that are listed. */
const LISTED = 8;

/** What is recognised now, how often each was, and the last events, which can be marked as false alarms. */
export function Recognitions({ session }: { readonly session: LiveSession }) {
  const { text } = useText();
  const events = session.events.value;
  const movements = session.movements.value.slice(-LISTED).toReversed();
  const wrong = events.filter(({ isFalse }) => isFalse).length;
  const minutes = Math.max(session.seconds.value / 60, 1 / 60);
  const repeated = session.repeated.value;
  return (
    <div>
      <p class="answer" role="status">
        {session.current.value ?? text('tryNothing')}
      </p>
      {repeated && <p class="repeated">{text('tryRepeated', repeated)}</p>}
      <ul>
        {[...session.counts()].map(([name, count]) => (
          <li key={name}>{text('tryCount', { name, count })}</li>
        ))}
      </ul>
      <h4 id="events">{text('tryTimeline')}</h4>
      <ol class="events" aria-labelledby="events">
        {events
          .map((event, index) => ({ event, index }))
          .slice(-LISTED)
          .toReversed()
          .map(({ event, index }) => (
            <Event key={index} event={event} onMark={(isFalse) => session.mark(index, isFalse)} />
          ))}
      </ol>
      {wrong > 0 && <p class="faint">{text('tryFalseRate', { count: wrong, rate: (wrong / minutes).toFixed(1) })}</p>}
      {movements.length > 0 && (
        <>
          <h4 id="movements">{text('tryMovements')}</h4>
          <ol class="events movements" aria-labelledby="movements">
            {movements.map((movement) => (
              <li key={`${movement.name} ${movement.start}`}>{text(keyOf(movement), wordsOf(movement))}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function keyOf({ repetitions }: Movement): 'tryMovement' | 'tryRepetitions' {
  return repetitions > 0 ? 'tryRepetitions' : 'tryMovement';
}

function wordsOf({ name, start, end, repetitions }: Movement) {
  return { name, start: start.toFixed(1), end: end.toFixed(1), count: repetitions };
}

function Event({ event, onMark }: { readonly event: Recognised; readonly onMark: (isFalse: boolean) => void }) {
  const { text } = useText();
  const { name, start, isFalse } = event;
  const seconds = start.toFixed(1);
  return (
    <li>
      <span class={isFalse ? 'crossed' : ''}>{text('tryEvent', { seconds, name })}</span>{' '}
      <button
        type="button"
        class="plain"
        aria-pressed={isFalse}
        aria-label={text('tryMarkFalse', { name, seconds })}
        onClick={() => onMark(!isFalse)}
      >
        {text('tryFalse')}
      </button>
    </li>
  );
}
