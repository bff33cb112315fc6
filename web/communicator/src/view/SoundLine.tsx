import { type ReactNode, useEffect, useRef } from 'react';

const BAR = 3;
const GAP = 3;
const INTERVAL_MS = 50;

interface Props {
  /** Gives 0 to 1 and is asked twenty times a second. */
  readonly level: () => number;
  readonly label: string;
}

/** Draws the loudness of the last seconds as a line of bars, newest at the right. */
export function SoundLine({ level, label }: Props): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const levels: number[] = [];
    let count = 0;
    const timer = window.setInterval(() => {
      const target = canvas.current;
      if (target === null) return;
      levels.push(level());
      draw(target, levels);
      // Screen readers get a value now and then, not twenty a second.
      if (++count % 20 !== 0) return;
      const recent = levels.slice(-20);
      const mean = recent.reduce((sum, one) => sum + one, 0) / Math.max(1, recent.length);
      target.setAttribute('aria-valuenow', String(Math.round(mean * 100)));
    }, INTERVAL_MS);
    return () => window.clearInterval(timer);
  }, [level]);
  return <canvas ref={canvas} className="sound-line" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0} />;
}

function draw(canvas: HTMLCanvasElement, levels: number[]): void {
  const scale = window.devicePixelRatio;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
  if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const bars = Math.max(1, Math.floor(width / (BAR + GAP)));
  levels.splice(0, Math.max(0, levels.length - bars));
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.fillStyle = getComputedStyle(canvas).color;
  for (let bar = 0; bar < bars; bar++) {
    const level = levels[levels.length - bars + bar] ?? 0;
    const tall = Math.max(BAR, level * height);
    // Older sound fades.
    pen.globalAlpha = level > 0.02 ? 0.25 + 0.75 * (bar / bars) : 0.18;
    pen.beginPath();
    pen.roundRect(bar * (BAR + GAP), (height - tall) / 2, BAR, tall, BAR / 2);
    pen.fill();
  }
}
