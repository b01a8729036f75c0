import { type ReactNode, useRef, useState } from 'react';
import { showError, showToast } from '../app/toasts.tsx';
import styles from './message-body.module.css';

const FOLD_FROM_LINES = 16;

/** Code as it was written; long code is folded until someone wants it. */
export function CodeBlock({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLPreElement>(null);
  const [open, setOpen] = useState(false);
  const lines = textOf(children).split('\n').length - 1;
  const folds = lines > FOLD_FROM_LINES;
  const copy = (): void => {
    void navigator.clipboard.writeText(ref.current?.textContent ?? '').then(() => showToast('Code copied.'), showError);
  };
  return (
    <div className={styles.code} data-folded={(folds && !open) || undefined}>
      <pre ref={ref} tabIndex={0} aria-label="Code">
        {children}
      </pre>
      <button type="button" className={styles.copy} onClick={copy}>
        Copy
      </button>
      {folds && (
        <button type="button" className={styles.fold} onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? 'Show less' : `Show all ${lines} lines`}
        </button>
      )}
    </div>
  );
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (node && typeof node === 'object' && 'props' in node) return textOf((node.props as { children?: ReactNode }).children);
  return '';
}
