import { t } from '@lingui/core/macro';
import type { MarkupTree } from '@atrium/markup';
import { useId } from 'react';
import { CodeBlock } from './code-block.tsx';
import { FootnoteLink } from './footnote-link.tsx';
import { type MarkupParts, markupElements } from './markup-elements.tsx';
import { Mention } from './mention.tsx';
import styles from './message-body.module.css';
import { MessageLink } from './message-link.tsx';

const PARTS: MarkupParts = {
  Code: CodeBlock,
  Jump: FootnoteLink,
  Link: MessageLink,
  Mention,
  Picture: ({ src, children }) => (
    <a href={src} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  // The one control that Markdown makes: a box nobody can tick here, which says what it shows.
  Tick: ({ done }) => <input type="checkbox" disabled checked={done} readOnly aria-label={done ? t`Done` : t`To do`} />,
  Table: ({ dir, children }) => (
    <div className={styles.table} role="group" aria-label={t`Table`} tabIndex={0}>
      <table dir={dir}>{children}</table>
    </div>
  ),
};

/** Shows a message that was read already. The tree is given, so that a text is read once and the same way everywhere. */
export function Markdown({ tree }: { tree: MarkupTree }) {
  return markupElements(tree, PARTS, useId());
}
