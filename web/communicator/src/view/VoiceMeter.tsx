import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './Icon.tsx';

const INTERVAL_MS = 60;

/** How loud something is now, as a bar: whoever speaks sees whether the microphone hears it. */
export function VoiceMeter({ level, label }: { readonly level: () => number; readonly label: string }): ReactNode {
  const meter = useRef<HTMLSpanElement>(null);
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let count = 0;
    let shown = 0;
    const timer = window.setInterval(() => {
      // It falls slower than it rises, as eyes want it.
      shown = Math.max(level(), shown * 0.85);
      if (bar.current !== null) bar.current.style.transform = `scaleX(${shown.toFixed(2)})`;
      if (++count % 16 === 0) meter.current?.setAttribute('aria-valuenow', String(Math.round(shown * 100)));
    }, INTERVAL_MS);
    return () => window.clearInterval(timer);
  }, [level]);
  return (
    <span ref={meter} className="voice-meter" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0}>
      <Icon name="mic" />
      <span className="voice">
        <span ref={bar} />
      </span>
    </span>
  );
}
