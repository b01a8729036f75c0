import { numberFormat } from '../language/formats.ts';

const UNITS = ['B', 'KB', 'MB', 'GB'] as const;

const oneDigit = numberFormat({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : oneDigit(value)} ${UNITS[unit]}`;
}
