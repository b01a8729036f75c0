import { t } from '@lingui/core/macro';
import type { StatSeries } from '@atrium/contracts';
import { type PointerEvent, useState } from 'react';
import { locales, numberText } from '../language/formats.ts';
import { sizeText } from '../attachments/size-text.ts';
import styles from './admin.module.css';
import { linePath, niceMax } from './plot-shape.ts';

const WIDTH = 400;
const HEIGHT = 120;
const DAY_SECONDS = 86_400;

type PlotProps = { series: StatSeries; stepSeconds: number };

/** One series: bars for what each step brought, a line for what there was. The figures are in a table for who cannot see it. */
export function Plot({ series, stepSeconds }: PlotProps) {
  const { title, points, kind } = series;
  const [at, setAt] = useState<number>();
  const max = niceMax(points.map(({ value }) => value));
  const shown = points[at ?? points.length - 1];
  const total = points.reduce((sum, { value }) => sum + value, 0);
  const figure = kind === 'added' && at === undefined && series.unit !== 'seconds' ? total : (shown?.value ?? 0);
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const place = Math.floor(((event.clientX - left) / width) * points.length);
    setAt(Math.max(0, Math.min(points.length - 1, place)));
  };
  return (
    <figure className={styles.plot}>
      <figcaption>
        <span>{title}</span>
        <strong>{figureText(series, figure)}</strong>
        <small>{at === undefined || !shown ? spanText(series) : stepText(shown.at, stepSeconds)}</small>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
        onPointerMove={follow}
        onPointerLeave={() => setAt(undefined)}
      >
        {[0.25, 0.5, 0.75].map((part) => (
          <line key={part} className={styles.grid} x1={0} x2={WIDTH} y1={HEIGHT * part} y2={HEIGHT * part} />
        ))}
        {kind === 'level' ? <Level series={series} max={max} /> : <Bars series={series} max={max} at={at} />}
      </svg>
      <table className={styles.unseen}>
        <caption>{title}</caption>
        <tbody>
          {points.map((point) => (
            <tr key={point.at}>
              <th scope="row">{stepText(point.at, stepSeconds)}</th>
              <td>{figureText(series, point.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function Level({ series: { points }, max }: { series: StatSeries; max: number }) {
  const path = linePath(
    points.map(({ value }) => value),
    { max, width: WIDTH, height: HEIGHT },
  );
  return (
    <>
      <path className={styles.area} d={`${path}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} />
      <path className={styles.line} d={path} vectorEffect="non-scaling-stroke" />
    </>
  );
}

function Bars({ series: { points }, max, at }: { series: StatSeries; max: number; at: number | undefined }) {
  const width = WIDTH / Math.max(1, points.length);
  return points.map(({ at: when, value }, index) => (
    <rect
      key={when}
      className={styles.barOf}
      data-here={index === at || undefined}
      x={index * width + width * 0.1}
      width={width * 0.8}
      y={HEIGHT - (value / max) * HEIGHT}
      height={(value / max) * HEIGHT}
    />
  ));
}

function figureText({ unit }: StatSeries, value: number): string {
  if (unit === 'bytes') return sizeText(Math.max(0, value));
  if (unit === 'seconds') return `${value.toFixed(value < 10 ? 2 : 0)} s`;
  return numberText(Math.round(value));
}

const spanText = ({ kind, unit }: StatSeries) => (kind === 'level' ? t`now` : unit === 'seconds' ? t`of late` : t`in this span`);

function stepText(at: string, stepSeconds: number): string {
  const options: Intl.DateTimeFormatOptions =
    stepSeconds < DAY_SECONDS
      ? { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }
      : { year: 'numeric', month: 'short', day: 'numeric' };
  return new Date(at).toLocaleString(locales(), options);
}
