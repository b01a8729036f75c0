import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import type { FileRecord } from '@atrium/contracts';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Passage } from '../attachments/citation-place.ts';
import { cutAround } from '../attachments/code-points.ts';
import { scrollWithin } from '../attachments/scroll-within.ts';
import { PanelSkeleton } from '../kit/loading.tsx';
import { type Quote, countLetters } from './find-passage.ts';
import { usePdf } from './open-pdf.ts';
import { PdfPage } from './pdf-page.tsx';
import styles from './pdf.module.css';

const ZOOMS = [1, 1.25, 1.5, 2, 3];
const WIDEST = 960;
/** A sheet of A4, until the first page is read. */
const A4 = Math.SQRT2;

type PdfPagesProps = {
  file: FileRecord;
  passage: Passage | undefined;
  /** The page's text as it was taken out of the document; undefined until it is here. */
  passageText: string | undefined;
  /** Where the pages cannot be shown, or the passage is not found on them. */
  onTextOnly: (reason: string) => void;
};

/** A PDF as it was made, page by page, with the passage marked where it stands. */
export function PdfPages({ file, passage, passageText, onTextOnly }: PdfPagesProps) {
  const { document, error } = usePdf(file);
  const list = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const ref = useMergedRef(list, measured);
  const [zoom, setZoom] = useState(1);
  const ratio = useFirstRatio(document);
  const place = passage && `${passage.page}-${passage.start}-${passage.end}`;
  const quote = passage && passageText !== undefined ? quoteOf(passage, passageText) : undefined;

  useEffect(() => {
    if (error) onTextOnly(t`The pages of this document cannot be shown.`);
  }, [error, onTextOnly]);

  const isShown = document !== undefined && width > 0;
  // A document that was cut otherwise than it is printed has no such page.
  const hasPage = !document || !passage || passage.page <= document.numPages;
  useEffect(() => {
    if (!hasPage) onTextOnly(t`The passage stands on no page of its own.`);
    else if (isShown && place) scrollWithin(list.current?.querySelector(`[data-page="${place.split('-')[0]}"]`), 'top');
  }, [isShown, hasPage, place, onTextOnly]);
  const onPlaced = useCallback(
    (found: boolean): void => {
      if (!found) return onTextOnly(t`The passage could not be placed on its page.`);
      // Its place is drawn in this turn.
      requestAnimationFrame(() => scrollWithin(list.current?.querySelector('mark'), 'middle'));
    },
    [onTextOnly],
  );

  const pageWidth = Math.round(Math.min(width, WIDEST) * zoom);
  return (
    <div ref={ref} className={styles.pages} aria-busy={!document}>
      {!document && <PanelSkeleton />}
      {isShown && (
        <>
          {Array.from({ length: document.numPages }, (_page, index) => (
            <PdfPage
              key={index}
              document={document}
              number={index + 1}
              width={pageWidth}
              ratio={ratio}
              quote={passage?.page === index + 1 ? quote : undefined}
              onPlaced={onPlaced}
            />
          ))}
          <ZoomButtons zoom={zoom} onZoom={setZoom} />
        </>
      )}
    </div>
  );
}

/** Height by width of the first page, which most others share. */
function useFirstRatio(document: PDFDocumentProxy | undefined): number {
  const [ratio, setRatio] = useState(A4);
  useEffect(() => {
    let gone = false;
    void document?.getPage(1).then((page) => {
      const { width, height } = page.getViewport({ scale: 1 });
      if (!gone) setRatio(height / width);
    });
    return () => {
      gone = true;
    };
  }, [document]);
  return ratio;
}

function quoteOf({ start, end }: Passage, text: string): Quote {
  const marked = cutAround(text, start, end);
  const at = marked.findIndex((part) => part.marked);
  return { text: marked[at]?.text ?? '', lettersBefore: countLetters(at > 0 ? (marked[0]?.text ?? '') : '') };
}

function ZoomButtons({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const at = ZOOMS.indexOf(zoom);
  const step = (by: number): void => onZoom(ZOOMS[at + by] ?? zoom);
  return (
    <div className={styles.zoom} role="group" aria-label={t`Size of the pages`}>
      <ActionIcon aria-label={t`Smaller`} disabled={at === 0} onClick={() => step(-1)}>
        <IconZoomOut size={18} stroke={1.7} />
      </ActionIcon>
      <span aria-live="polite">{Math.round(zoom * 100)} %</span>
      <ActionIcon aria-label={t`Larger`} disabled={at === ZOOMS.length - 1} onClick={() => step(1)}>
        <IconZoomIn size={18} stroke={1.7} />
      </ActionIcon>
    </div>
  );
}
