import { altText } from './alt-text.ts';
import { readXmlPart } from './office-xml.ts';
import { writeTable } from '../table.ts';
import type { ZipArchive } from './zip.ts';

/** Relations that lead to a chart, of old or of new, or to a diagram. */
export const isDrawn = (type: string): boolean => type === 'chart' || type === 'chartEx' || type === 'diagramData';

type Series = { name: string[]; labels: Map<number, string>; values: Map<number, string> };

/** What a chart or a diagram says: its words, and its values with the names they stand under. */
export async function* chartText(archive: ZipArchive, part: string): AsyncGenerator<string> {
  const words: string[] = [];
  const series: Series[] = [];
  const path: string[] = [];
  let point = 0;
  let named = 0;
  const inside = (name: string) => path.includes(name);
  await readXmlPart(archive.text(part), {
    open(name, attributes) {
      path.push(name);
      if (name === 'c:ser' || name === 'cx:data') series.push({ name: [], labels: new Map(), values: new Map() });
      if (name === 'c:pt' || name === 'cx:pt') point = Number(attributes.idx ?? 0);
      if (name === 'a:p' || name === 'cx:txData') words.push('\n');
      if (/(?:^|:)cNvPr$/.test(name)) words.push(`\n${altText(attributes.descr)}\n`);
    },
    text(text) {
      const current = series.at(-1);
      if (path.at(-1) === 'a:t') words.push(text);
      else if (path.at(-1) === 'cx:v') (inside('cx:series') ? (series[named++]?.name ?? words) : words).push(text);
      else if (path.at(-1) === 'cx:pt' && current) (inside('cx:strDim') ? current.labels : current.values).set(point, text);
      else if (path.at(-1) !== 'c:v' || !current) return;
      else if (inside('c:tx')) current.name.push(text);
      else if (inside('c:cat') || inside('c:xVal')) current.labels.set(point, text);
      else if (inside('c:val') || inside('c:yVal')) current.values.set(point, text);
    },
    close() {
      path.pop();
    },
  });
  yield `\n\n${words
    .join('')
    .trim()
    .replace(/\n{3,}/g, '\n\n')}\n\n`;
  if (series.length > 0) yield `${writeTable(chartRows(series), { headerRows: 1 })}\n`;
}

function chartRows(series: Series[]): string[][] {
  const labels = series.find((one) => one.labels.size > 0)?.labels ?? new Map<number, string>();
  const points = [...new Set(series.flatMap((one) => [...one.labels.keys(), ...one.values.keys()]))].sort((a, b) => a - b);
  const header = ['', ...series.map((one) => one.name.join(' '))];
  return [header, ...points.map((point) => [labels.get(point) ?? '', ...series.map((one) => one.values.get(point) ?? '')])];
}
