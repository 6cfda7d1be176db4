import type { View } from 'anyrate/runtime';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Clip, keptPart } from '../clip.js';
import { useText } from '../context.js';
import { CameraBox } from '../record/camera-box.js';
import { subjectOf } from '../record/detector/landmarks.js';
import { LiveSession, type Recognised } from './live-session.js';
import { Timeline } from './timeline.js';

/** Seconds of nothing between two recordings that are played. */
const PAUSE = 1;
/** Of the probability that recordings have in the middle: how much a stream must have, in which movements are cut anywhere. */
const CONFIDENT = 0.6;
/** Recordings that are looked at for it. */
const MOST_JUDGED = 40;

/** The streaming recogniser on the camera, or on recordings in real time. */
export function Live({ view }: { readonly view: View }) {
  const { studio, text } = useText();
  const { project, clips, trained } = studio.state;
  const subject = subjectOf(view.layout.name, view.persons);
  const tested = clips.value.filter(({ id }) => trained.value?.tested.includes(id));
  const usual = useMemo(() => usualConfidence(view, tested), [view]);
  const [confidence, setConfidence] = useState(usual);
  const session = useMemo(() => new LiveSession(view, confidence), [view]);
  const change = (value: number) => {
    setConfidence(value);
    session.setConfidence(value);
  };
  return (
    <section class="card">
      <h3>{text('tryLive')}</h3>
      <div class="columns">
        <div>
          {subject === undefined ? (
            <p class="faint">{text('tryNoCamera', { layout: project.value.layout?.name ?? '' })}</p>
          ) : (
            <CameraBox subject={subject} onDetection={({ positions, seconds }) => session.push(positions, seconds)} />
          )}
          <Replay clips={tested.length > 0 ? tested : clips.value} session={session} />
          <label class="field">
            <span>
              {text('tryConfidence')} <b class="count">{confidence.toFixed(2)}</b>
            </span>
            <input
              type="range"
              min={0}
              max={1}
              step={0.01}
              value={confidence}
              onInput={(event) => change(Number(event.currentTarget.value))}
            />
          </label>
        </div>
        <Recognitions session={session} />
      </div>
      <Timeline session={session} classes={view.classes} />
    </section>
  );
}

function usualConfidence(view: View, clips: readonly Clip[]): number {
  const probabilities = clips.slice(0, MOST_JUDGED).map((clip) => view.predict(keptPart(clip)).probability);
  const middle = probabilities.toSorted((a, b) => a - b)[probabilities.length >> 1] ?? 1;
  return Math.round(CONFIDENT * middle * 100) / 100;
}

function Replay({ clips, session }: { readonly clips: readonly Clip[]; readonly session: LiveSession }) {
  const { text } = useText();
  const [isPlaying, setPlaying] = useState(false);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), [session]);
  const toggle = () => {
    if (isPlaying) stop.current();
    else stop.current = play(clips, session, () => setPlaying(false));
    setPlaying(!isPlaying);
  };
  return (
    <p>
      <button type="button" onClick={toggle}>
        {text(isPlaying ? 'cameraStop' : 'tryReplay')}
      </button>
    </p>
  );
}

/** Pushes the frames of clips as if they came from a camera now; returns how to stop. */
function play(clips: readonly Clip[], session: LiveSession, onEnd: () => void): () => void {
  const frames = framesOf(clips);
  const begin = performance.now() / 1000;
  let next = 0;
  let handle = 0;
  const tick = () => {
    const now = performance.now() / 1000;
    while (next < frames.length && begin + frames[next].seconds <= now) {
      session.push(frames[next].positions, begin + frames[next].seconds);
      next++;
    }
    if (next < frames.length) handle = requestAnimationFrame(tick);
    else onEnd();
  };
  tick();
  return () => {
    cancelAnimationFrame(handle);
    onEnd();
  };
}

/** One frame of a stream. */
interface StreamFrame {
  readonly positions: Float32Array;
  readonly seconds: number;
}

/** Clips one after the other, with a frame of nobody after each. */
export function framesOf(clips: readonly Clip[]): StreamFrame[] {
  const frames: StreamFrame[] = [];
  let start = 0;
  for (const clip of clips) {
    const { frames: count, persons, joints, positions, seconds } = keptPart(clip);
    const size = persons * joints * 3;
    const timeOf = (frame: number) => start + (seconds?.[frame] ?? frame / 30);
    for (let frame = 0; frame < count; frame++) {
      frames.push({ positions: positions.subarray(frame * size, (frame + 1) * size), seconds: timeOf(frame) });
    }
    start = timeOf(count - 1) + PAUSE;
    frames.push({ positions: new Float32Array(size).fill(Number.NaN), seconds: start });
  }
  return frames;
}

/** What is recognised now, how often each was, and the last events, which can be marked as false alarms. */
function Recognitions({ session }: { readonly session: LiveSession }) {
  const { text } = useText();
  const events = session.events.value;
  const wrong = events.filter(({ isFalse }) => isFalse).length;
  const minutes = Math.max(session.seconds.value / 60, 1 / 60);
  return (
    <div>
      <p class="answer" role="status">
        {session.current.value ?? text('tryNothing')}
      </p>
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
    </div>
  );
}

/** Events that are listed. */
const LISTED = 8;

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
