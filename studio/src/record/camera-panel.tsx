import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../context.js';
import type { TextKey } from '../texts/texts.js';
import { CameraBox } from './camera-box.js';
import type { Subject } from './detector/detector.js';
import { SHAPES, subjectOf } from './detector/landmarks.js';
import { Recorder } from './recorder.js';

const SUBJECTS: readonly (readonly [Subject, TextKey])[] = [
  ['hand', 'subjectHand'],
  ['hands', 'subjectHands'],
  ['body', 'subjectBody'],
  ['holistic', 'subjectHolistic'],
];

/** Seconds from the press of a button to the recording, and those that it records. */
const COUNTDOWN = 3;
const COUNTED = 2.5;
const MINUTE = 60;

/** Records movements with the camera, in the class that is chosen. */
export function CameraPanel() {
  const { studio, text } = useText();
  const { project, isEmpty } = studio.state;
  const { layout, persons } = project.value;
  const fixed = isEmpty.value ? undefined : subjectOf(layout?.name, persons);
  const [chosen, setChosen] = useState<Subject>('hand');
  const [isOpen, setOpen] = useState(false);
  const subject = fixed ?? chosen;
  const recorder = useRef<Recorder>(undefined);
  const isOther = !isEmpty.value && fixed === undefined;
  return (
    <section class="card">
      <h3>{text('camera')}</h3>
      {isOther ? (
        <p class="faint">{text('otherSkeleton', { layout: 'MediaPipe' })}</p>
      ) : (
        <>
          <label class="field">
            {text('cameraSubject')}
            <select
              value={subject}
              disabled={isOpen || fixed !== undefined}
              onChange={(event) => setChosen(event.currentTarget.value as Subject)}
            >
              {SUBJECTS.map(([key, name]) => (
                <option key={key} value={key}>
                  {text(name)}
                </option>
              ))}
            </select>
          </label>
          <CameraBox subject={subject} onOpen={setOpen} onDetection={(detection) => recorder.current?.add(detection)}>
            <Buttons subject={subject} recorder={recorder} />
          </CameraBox>
        </>
      )}
    </section>
  );
}

interface ButtonsProps {
  readonly subject: Subject;
  /** There is one while it records. */
  readonly recorder: { current: Recorder | undefined };
}

function Buttons({ subject, recorder }: ButtonsProps) {
  const { studio, text } = useText();
  const { project, label, person, say, fail } = studio.state;
  const [isRecording, setRecording] = useState(false);
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const isNothing = project.value.nothing.includes(label.value);

  const start = () => {
    if (recorder.current !== undefined) return;
    if (label.value === '') return fail('needClass');
    recorder.current = new Recorder(SHAPES[subject]);
    setRecording(true);
    say('recording', { name: label.value });
  };
  const stop = () => {
    const made = recorder.current;
    recorder.current = undefined;
    for (const timer of timers.current.splice(0)) clearTimeout(timer);
    setRecording(false);
    if (made === undefined) return;
    const clips = isNothing ? made.pieces(label.value, person.value) : made.movement(label.value, person.value);
    studio.keepRecorded(SHAPES[subject], clips, label.value);
  };
  const later = (seconds: number, act: () => void) => timers.current.push(setTimeout(act, seconds * 1000));
  const countDown = () => {
    if (label.value === '') return fail('needClass');
    const length = isNothing ? MINUTE : COUNTED;
    for (let count = COUNTDOWN; count > 0; count--) later(COUNTDOWN - count, () => say('countdown', { count }));
    later(COUNTDOWN, start);
    later(COUNTDOWN + length, stop);
    setRecording(true);
  };
  const held = useRef({ start, stop });
  held.current = { start, stop };
  useLayoutEffect(() => holdSpace(held), []); // it listens as soon as it is seen
  useEffect(() => () => timers.current.forEach(clearTimeout), []);
  return (
    <div class="line">
      <button
        type="button"
        class={isRecording ? 'recording' : 'first'}
        data-records
        onPointerDown={start}
        onPointerUp={stop}
        onPointerLeave={() => recorder.current !== undefined && timers.current.length === 0 && stop()}
      >
        {text('cameraHold')}
      </button>
      {isRecording ? (
        <button type="button" onClick={stop}>
          {text('cameraStop')}
        </button>
      ) : (
        <button type="button" onClick={countDown}>
          {text(isNothing ? 'cameraMinute' : 'cameraCountdown')}
        </button>
      )}
    </div>
  );
}

/** Records while Space is held, wherever it is not needed to write or to press something else. */
function holdSpace(held: { readonly current: { readonly start: () => void; readonly stop: () => void } }): () => void {
  const isFree = ({ target }: KeyboardEvent) =>
    !(target instanceof Element) ||
    target.closest('[data-records]') !== null ||
    target.closest('a, button, input, select, summary') === null;
  const down = (event: KeyboardEvent) => {
    if (event.code !== 'Space' || !isFree(event)) return;
    event.preventDefault();
    if (!event.repeat) held.current.start();
  };
  const up = (event: KeyboardEvent) => {
    if (event.code !== 'Space' || !isFree(event)) return;
    event.preventDefault();
    held.current.stop();
  };
  addEventListener('keydown', down);
  addEventListener('keyup', up);
  return () => {
    removeEventListener('keydown', down);
    removeEventListener('keyup', up);
  };
}
