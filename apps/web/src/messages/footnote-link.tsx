import { t } from '@lingui/core/macro';
import type { MouseEvent, ReactNode } from 'react';

type FootnoteLinkProps = { id: string | undefined; to: string; isBack: boolean; children: ReactNode };

/** From a number in a text to its note below it, or back. Only the focus moves: the place of the page is the conversation. */
export function FootnoteLink({ id, to, isBack, children }: FootnoteLinkProps) {
  const jump = (event: MouseEvent): void => {
    event.preventDefault();
    const target = document.getElementById(to);
    target?.focus({ preventScroll: true });
    // A long message unfolds for what gets the focus; then it has its place.
    requestAnimationFrame(() => target?.scrollIntoView({ block: 'nearest' }));
  };
  return (
    <a
      id={id}
      href={`#${to}`}
      role={isBack ? 'doc-backlink' : 'doc-noteref'}
      aria-label={isBack ? t`Back to the text` : t`Footnote ${{ number: String(children) }}`}
      onClick={jump}
    >
      {children}
    </a>
  );
}
