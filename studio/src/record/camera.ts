import type { Detection, Detector, Subject } from './detector/detector.js';

/** What a camera needs, and whom it tells. */
export interface CameraOptions {
  readonly subject: Subject;
  readonly detector: Detector;
  /** Where the picture that was measured is shown. */
  readonly canvas: HTMLCanvasElement;
  readonly onDetection: (detection: Detection) => void;
  /** The camera was unplugged, or taken away, or the detector ended. */
  readonly onLost: (reason: 'camera' | Error) => void;
}

const SIZE = { width: { ideal: 640 }, height: { ideal: 480 } };

/** A camera whose pictures are measured one after the other, each shown with what was found in it. */
export class Camera {
  private readonly options: CameraOptions;
  private readonly stream: MediaStream;
  private readonly video: HTMLVideoElement;
  /** The picture that is being measured. */
  private readonly measured = document.createElement('canvas');
  private isOpen = true;

  private constructor(options: CameraOptions, stream: MediaStream, video: HTMLVideoElement) {
    this.options = options;
    this.stream = stream;
    this.video = video;
  }

  /** @throws DOMException where there is no camera, or it is not allowed; Error where the models cannot be loaded */
  static async open(options: CameraOptions): Promise<Camera> {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { ...SIZE, facingMode: 'user' }, audio: false });
    try {
      const video = document.createElement('video');
      Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
      await Promise.all([video.play(), options.detector.init(options.subject)]);
      const camera = new Camera(options, stream, video);
      for (const track of stream.getTracks()) track.addEventListener('ended', () => camera.lose('camera'));
      camera.measure();
      return camera;
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      options.detector.close();
      throw error;
    }
  }

  close(): void {
    this.isOpen = false;
    for (const track of this.stream.getTracks()) track.stop();
    this.options.detector.close();
  }

  private lose(reason: 'camera' | Error): void {
    if (!this.isOpen) return;
    this.close();
    this.options.onLost(reason);
  }

  /** Measures pictures until the camera is closed, never two at once. */
  private async measure(): Promise<void> {
    const { detector, onDetection } = this.options;
    while (this.isOpen) {
      const seconds = await nextPicture(this.video);
      if (!this.isOpen) return;
      try {
        const detection = await detector.detect(await this.takePicture(), seconds);
        if (!this.isOpen) return;
        this.show(detection);
        onDetection(detection);
      } catch (error) {
        return this.lose(error as Error);
      }
    }
  }

  private takePicture(): Promise<ImageBitmap> {
    const { video, measured } = this;
    measured.width = video.videoWidth;
    measured.height = video.videoHeight;
    measured.getContext('2d')!.drawImage(video, 0, 0);
    return createImageBitmap(measured);
  }

  /** The picture that was measured, and the joints that were found in it. */
  private show({ positions }: Detection): void {
    const { canvas } = this.options;
    const { width, height } = this.measured;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext('2d')!;
    context.drawImage(this.measured, 0, 0);
    context.fillStyle = getComputedStyle(canvas).accentColor;
    for (let at = 0; at < positions.length; at += 3) {
      context.beginPath();
      context.arc(positions[at] * height, positions[at + 1] * height, 4, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

/** Waits for the video's next picture; its time in seconds. */
function nextPicture(video: HTMLVideoElement): Promise<number> {
  return new Promise((resolve) => {
    const take = () => resolve(performance.now() / 1000);
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(take);
    else requestAnimationFrame(take);
  });
}
