import { SkeletonPlayer } from 'anyrate/page';
import { useEffect, useRef } from 'preact/hooks';
import { type Clip, keptPart, secondsOf } from '../clip.js';
import { useStudio } from '../context.js';

/** A moving skeleton; it moves while it can be seen. */
export function ClipCanvas({ clip, label }: { readonly clip: Clip; readonly label?: string }) {
  const { layout } = useStudio().state.project.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (layout === undefined || layout.joints.length !== clip.joints) return;
    const framesPerSecond = (clip.end - clip.start) / Math.max(secondsOf(clip), 0.1);
    const player = new SkeletonPlayer(canvas.current!, layout, { framesPerSecond });
    let hasPlayed = false;
    const observer = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting) player.pause();
      else if (hasPlayed) player.resume();
      else player.play(keptPart(clip));
      hasPlayed ||= isIntersecting;
    });
    observer.observe(canvas.current!);
    return () => {
      observer.disconnect();
      player.pause();
    };
  }, [clip, layout]);
  return (
    <canvas
      ref={canvas}
      class="small"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
