// MediaPipe's landmarkers, on the CPU, in a worker of their own.
import { FilesetResolver, HandLandmarker, PoseLandmarker } from '@mediapipe/tasks-vision';
import { serveCalls } from '../../bridge/serve.js';
import type { DetectorCalls } from './calls.js';
import type { Detection, Subject } from './detector.js';
import { positionsOf, type Seen } from './landmarks.js';

interface Landmarkers {
  readonly subject: Subject;
  readonly hands: HandLandmarker | undefined;
  readonly body: PoseLandmarker | undefined;
}

let landmarkers: Landmarkers | undefined;
/** Time of the last picture in milliseconds: a landmarker wants it to rise. */
let last = 0;

serveCalls<DetectorCalls>(self as unknown as Worker, {
  async init({ subject, base }) {
    const files = await FilesetResolver.forVisionTasks(`${base}vision`, true);
    const options = async (model: string) => ({
      baseOptions: { modelAssetBuffer: await fetchBytes(`${base}models/${model}`), delegate: 'CPU' as const },
      runningMode: 'VIDEO' as const,
    });
    const numHands = subject === 'hand' ? 1 : 2;
    landmarkers = {
      subject,
      hands:
        subject === 'body'
          ? undefined
          : await HandLandmarker.createFromOptions(files, { ...(await options('hand.task')), numHands }),
      body:
        subject === 'body' || subject === 'holistic'
          ? await PoseLandmarker.createFromOptions(files, { ...(await options('pose.task')), numPoses: 1 })
          : undefined,
    };
    return undefined;
  },
  detect({ picture, seconds }): Detection {
    if (landmarkers === undefined) throw new Error('the detector was not started');
    last = Math.max(last + 1, Math.round(seconds * 1000));
    const seen = see(landmarkers, picture, last);
    const positions = positionsOf(landmarkers.subject, seen, picture.width / picture.height);
    picture.close();
    return { positions, seconds };
  },
});

function see({ hands, body }: Landmarkers, picture: ImageBitmap, time: number): Seen {
  const found = hands?.detectForVideo(picture, time);
  const poses = body?.detectForVideo(picture, time);
  return {
    hands: (found?.landmarks ?? []).map((landmarks, i) => ({
      landmarks,
      side: found?.handedness[i]?.[0]?.categoryName === 'Left' ? ('Left' as const) : ('Right' as const),
    })),
    body: poses?.landmarks[0],
  };
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
