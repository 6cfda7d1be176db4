import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../context.js';
import type { TextKey } from '../texts/texts.js';
import { Camera } from './camera.js';
import type { Detection, Subject } from './detector/detector.js';

interface CameraBoxProps {
  readonly subject: Subject;
  readonly onDetection: (detection: Detection) => void;
  readonly onOpen?: (isOpen: boolean) => void;
  /** Shown while the camera is open. */
  readonly children?: ComponentChildren;
}

type Phase = 'closed' | 'loading' | 'open';

/** A mirrored picture of the camera with the joints that are found in it; it is closed when it leaves the page. */
export function CameraBox({ subject, onDetection, onOpen = () => {}, children }: CameraBoxProps) {
  const { studio, text } = useText();
  const { say, fail } = studio.state;
  const canvas = useRef<HTMLCanvasElement>(null);
  const camera = useRef<Camera>(undefined);
  const tell = useRef(onDetection);
  tell.current = onDetection;
  const [phase, setPhase] = useState<Phase>('closed');
  const [isSeen, setSeen] = useState(true);
  const change = (next: Phase) => {
    setPhase(next);
    onOpen(next === 'open');
  };
  const close = () => {
    camera.current?.close();
    camera.current = undefined;
    change('closed');
  };
  useEffect(() => () => camera.current?.close(), []);
  const receive = (detection: Detection) => {
    setSeen(detection.positions.some((value) => !Number.isNaN(value)));
    tell.current(detection);
  };
  const lose = (reason: 'camera' | Error) => {
    close();
    if (reason === 'camera') fail('cameraLost');
    else fail('workerCrashed', { message: reason.message });
  };
  const open = async () => {
    change('loading');
    say('cameraLoading');
    try {
      await studio.outside.keepOffline();
      const detector = studio.outside.startDetector();
      const options = { subject, detector, canvas: canvas.current!, onDetection: receive, onLost: lose };
      camera.current = await Camera.open(options);
      change('open');
      say('cameraRuns');
    } catch (error) {
      change('closed');
      fail(reasonOf(error as Error), { message: (error as Error).message });
    }
  };
  return (
    <div class="camera">
      <canvas ref={canvas} class="picture" hidden={phase !== 'open'} role="img" aria-label={text('cameraSees')} />
      {phase === 'open' && !isSeen && <p class="faint">{text('cameraSeesNothing')}</p>}
      {phase === 'open' && children}
      <button type="button" disabled={phase === 'loading'} onClick={phase === 'open' ? close : open}>
        {text(phase === 'open' ? 'cameraClose' : 'cameraOpen')}
      </button>
    </div>
  );
}

function reasonOf({ name, message }: Error): TextKey {
  if (name === 'NotAllowedError') return 'cameraRefused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'cameraNone';
  return /models\/|vision/.test(message) ? 'cameraModels' : 'fault';
}
