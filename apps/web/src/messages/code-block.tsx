import { t } from '@lingui/core/macro';
import { useEffect, useRef, useState } from 'react';
import { copyText } from '../kit/clipboard.ts';
import { showError, showToast } from '../kit/toasts.tsx';
import { CODE_FOLDS_FROM_LINES } from './is-long.ts';
import styles from './message-body.module.css';

/** Code as it was written, in colours when its language is named; long code is folded until someone wants it. */
export function CodeBlock({ code, language }: { code: string; language: string | undefined }) {
  const ref = useRef<HTMLPreElement>(null);
  const [open, setOpen] = useState(false);
  const coloured = useHighlighted(code, language);
  const lines = code.split('\n').length - 1;
  const folds = lines > CODE_FOLDS_FROM_LINES;
  const copy = (): void => {
    void copyText(ref.current?.textContent ?? '').then(() => showToast(t`Code copied.`), showError);
  };
  return (
    <div className={styles.code} data-folded={(folds && !open) || undefined}>
      <pre ref={ref} tabIndex={0} aria-label={t`Code`}>
        {coloured === undefined ? <code>{code}</code> : <code dangerouslySetInnerHTML={{ __html: coloured }} />}
      </pre>
      <button type="button" className={styles.copy} onClick={copy}>
        {t`Copy`}
      </button>
      {folds && (
        <button type="button" className={styles.fold} onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? t`Show less` : t`Show all ${lines} lines`}
        </button>
      )}
    </div>
  );
}

/** Colours come when the first code with a language is on screen; until then, and without them, it reads as well. */
function useHighlighted(code: string, language: string | undefined): string | undefined {
  const [html, setHtml] = useState<string>();
  useEffect(() => {
    let wanted = language !== undefined;
    if (language === undefined) return;
    import('./highlight.ts').then(
      ({ highlight }) => wanted && setHtml(highlight(code, language)),
      // Offline, say: the code reads as well without colours, and the next block asks again.
      () => undefined,
    );
    return () => void (wanted = false);
  }, [code, language]);
  return html;
}
