import type { View } from 'anyrate/runtime';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Clip } from '../clip.js';
import { useText } from '../context.js';
import { CameraBox } from '../record/camera-box.js';
import { subjectOf } from '../record/detector/landmarks.js';
import { framesOf } from './frames.js';
import { LiveSession } from './live-session.js';
import { Recognitions } from './recognitions.js';
import { confidenceOf, SurenessChoice } from './sureness-choice.js';
import { Timeline } from './timeline.js';
import { usualConfidence } from './usual-confidence.js';

/** The streaming recogniser on the camera, or on recordings in real time. */
export function Live({ view }: { readonly view: View }) {
  const { studio, text } = useText();
  const { project, clips, trained, choices } = studio.state;
  const subject = subjectOf(view.layout.name, view.persons);
  const tested = clips.value.filter(({ id }) => trained.value?.tested.includes(id));
  const { nothing } = project.value;
  const movements = tested.filter(({ label }) => !nothing.includes(label));
  const usual = useMemo(() => usualConfidence(view, movements), [view]);
  const [chosen, setChosen] = useState<number>();
  const confidence = chosen ?? confidenceOf(choices.value) ?? usual;
  const session = useMemo(() => new LiveSession(view, confidence, (happening) => studio.perform(happening)), [view]);
  useEffect(() => {
    setChosen(undefined);
    choices.value = undefined;
    studio.measureChoices();
  }, [view]);
  useEffect(() => session.setConfidence(confidence), [session, confidence]);
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
          {choices.value && <SurenessChoice choices={choices.value} confidence={confidence} onChoose={setChosen} />}
        </div>
        <Recognitions session={session} />
      </div>
      <Timeline session={session} classes={view.classes} />
    </section>
  );
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
