import { t } from '@lingui/core/macro';
import { type PDFDocumentProxy, type PageViewport, TextLayer } from 'pdfjs-dist';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Quote, findPassage } from './find-passage.ts';
import styles from './pdf.module.css';

/** Sharper than this nobody sees, and a canvas has its limits. */
const MOST_PIXELS = 16_000_000;

type Box = { left: number; top: number; width: number; height: number };
type PdfPageProps = {
  document: PDFDocumentProxy;
  number: number;
  width: number;
  /** Height by width, until the page itself is read. */
  ratio: number;
  quote: Quote | undefined;
  /** Says whether the passage was found, once the page is drawn. */
  onPlaced: (found: boolean) => void;
};

/** One page as it was made, with its text over it, drawn when it comes near. */
export function PdfPage({ document, number, width, ratio, quote, onPlaced }: PdfPageProps) {
  const place = useRef<HTMLElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const isNear = useIsNear(place);
  const [drawn, setDrawn] = useState<PageViewport>();
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  const [isBroken, setBroken] = useState(false);
  const words = quote?.text;
  const lettersBefore = quote?.lettersBefore ?? 0;

  useEffect(() => {
    if (!isNear || !paper.current || !text.current) return;
    const onDrawn = (viewport: PageViewport, runs: HTMLElement[]): void => {
      const found = words === undefined ? [] : boxesOf(runs, { text: words, lettersBefore });
      setDrawn(viewport);
      setBoxes(found);
      if (words !== undefined) onPlaced(found.length > 0);
    };
    const onFailed = (): void => {
      setBroken(true);
      if (words !== undefined) onPlaced(false);
    };
    return draw({ document, number, width, paper: paper.current, text: text.current }, onDrawn, onFailed);
  }, [isNear, document, number, width, words, lettersBefore, onPlaced]);

  const height = Math.round(drawn ? (drawn.height * width) / drawn.width : width * ratio);
  return (
    <article ref={place} className={styles.page} style={{ width, height }} aria-label={t`Page ${number}`} data-page={number}>
      <div ref={paper} aria-hidden />
      <div ref={text} className={styles.text} style={{ '--total-scale-factor': drawn?.scale ?? 1 } as React.CSSProperties} />
      {isBroken && <p className={styles.broken}>{t`This page cannot be drawn.`}</p>}
      {boxes.length > 0 && <Mark boxes={boxes} words={words} />}
    </article>
  );
}

/** The passage as one, around the boxes of its lines. */
function Mark({ boxes, words }: { boxes: readonly Box[]; words: string | undefined }) {
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.left + box.width)) - left;
  const height = Math.max(...boxes.map((box) => box.top + box.height)) - top;
  return (
    <mark className={styles.passage} style={{ left, top, width, height }}>
      <span className={styles.spoken}>{words}</span>
      {boxes.map((box, index) => (
        <i key={index} style={{ ...box, left: box.left - left, top: box.top - top }} />
      ))}
    </mark>
  );
}

type Sheet = { document: PDFDocumentProxy; number: number; width: number; paper: HTMLElement; text: HTMLElement };

/** Draws a page and its text. @returns what calls it off */
function draw(sheet: Sheet, onDrawn: (viewport: PageViewport, runs: HTMLElement[]) => void, onFailed: () => void): () => void {
  const stopped = new AbortController();
  const work = async (): Promise<void> => {
    const page = await sheet.document.getPage(sheet.number);
    const viewport = page.getViewport({ scale: sheet.width / page.getViewport({ scale: 1 }).width });
    const scale = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)));
    const canvas = window.document.createElement('canvas');
    canvas.width = Math.floor(viewport.width * scale);
    canvas.height = Math.floor(viewport.height * scale);
    if (stopped.signal.aborted) return;
    const drawing = page.render({ canvas, viewport, transform: [scale, 0, 0, scale, 0, 0] });
    stopped.signal.addEventListener('abort', () => drawing.cancel());
    const content = await page.getTextContent();
    await drawing.promise;
    if (stopped.signal.aborted) return;
    sheet.paper.replaceChildren(canvas);
    sheet.text.replaceChildren();
    sheet.text.style.setProperty('--total-scale-factor', String(viewport.scale));
    const layer = new TextLayer({ textContentSource: content, container: sheet.text, viewport });
    stopped.signal.addEventListener('abort', () => layer.cancel());
    await layer.render();
    if (!stopped.signal.aborted) onDrawn(viewport, layer.textDivs);
  };
  work().catch(() => !stopped.signal.aborted && onFailed());
  return () => stopped.abort();
}

/** Where a quote stands, within the page. */
function boxesOf(runs: readonly HTMLElement[], quote: Quote): Box[] {
  const pieces = findPassage(
    runs.map((run) => run.textContent),
    quote,
  );
  return pieces.flatMap(({ run, start, end }) => {
    const node = runs[run]?.firstChild;
    const page = runs[run]?.closest('article')?.getBoundingClientRect();
    if (!node || !page) return [];
    const range = new Range();
    range.setStart(node, start);
    range.setEnd(node, end);
    const { left, top, width, height } = range.getBoundingClientRect();
    return [{ left: left - page.left, top: top - page.top, width, height }];
  });
}

/** Whether it is in sight of what scrolls around it, or soon will be. */
function useIsNear(place: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const root = place.current.closest('[data-scrolls]');
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), { root, rootMargin: '800px' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return isNear;
}
