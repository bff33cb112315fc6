import type { ReactNode } from 'react';
import { MOST_SAMPLES, type LiveCallState, type Sample } from '../model/LiveCall.ts';
import type { Key } from '../words/words.ts';
import { useWords } from './WordsProvider.tsx';

const WIDTH = 240;
const HEIGHT = 48;

interface Line {
  readonly name: Key;
  readonly unit: 'quality.percent' | 'quality.milliseconds';
  readonly of: (sample: Sample) => number | undefined;
  /** The top of the plot is at least this. */
  readonly least: number;
}

const LINES: readonly Line[] = [
  { name: 'quality.loss', unit: 'quality.percent', of: ({ loss }) => loss * 100, least: 5 },
  { name: 'quality.jitter', unit: 'quality.milliseconds', of: ({ jitterMs }) => jitterMs, least: 40 },
  { name: 'quality.roundTrip', unit: 'quality.milliseconds', of: ({ roundTripMs }) => roundTripMs, least: 200 },
];

/** Loss, jitter and round trip of the last two minutes, the newest at the right. */
export function QualityPlot({ state }: { readonly state: LiveCallState }): ReactNode {
  const { t, language } = useWords();
  const { quality, samples, received } = state;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <section className="quality" aria-label={t('call.quality')}>
      {quality === undefined ? (
        <p className="lead">{t('quality.unknown')}</p>
      ) : (
        <p className="quality-score" data-grade={quality.grade}>
          <strong>{t(`quality.${quality.grade}`)}</strong>
          <span>{t('quality.score', { score: number.format(quality.score) })}</span>
        </p>
      )}
      {received === undefined || received.width === 0 ? null : (
        <p className="hint">
          {t('quality.picture', { width: received.width, height: received.height, frames: number.format(Math.round(received.framesPerSecond)), freezes: received.freezes })}
        </p>
      )}
      <div className="plots">
        {LINES.map(({ name, unit, of, least }) => {
          const values = samples.map(of);
          const last = values.at(-1);
          const value = last === undefined ? '–' : t(unit, { value: number.format(last) });
          return (
            <figure key={name} className="plot">
              <figcaption>
                <span>{t(name)}</span>
                <strong>{value}</strong>
              </figcaption>
              <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('quality.plot', { name: t(name), value })}>
                <path className="plot-ground" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
                <path className="plot-line" d={pathOf(values, least)} />
              </svg>
            </figure>
          );
        })}
      </div>
    </section>
  );
}

/** A line through the values, as an SVG path; what was not measured leaves a gap. */
export function pathOf(values: readonly (number | undefined)[], least: number): string {
  const most = Math.max(least, ...values.map((value) => value ?? 0));
  const step = WIDTH / (MOST_SAMPLES - 1);
  let pen = 'M';
  return values
    .map((value, at) => {
      if (value === undefined) {
        pen = 'M';
        return '';
      }
      const x = WIDTH - (values.length - 1 - at) * step;
      const y = HEIGHT - 1.5 - (value / most) * (HEIGHT - 4);
      const part = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = 'L';
      return part;
    })
    .join('');
}
