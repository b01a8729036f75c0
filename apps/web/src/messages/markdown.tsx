import { t } from '@lingui/core/macro';
import type { MarkupTree } from '@atrium/markup';
import { type ComponentProps, type MouseEvent, type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import { besideRoom } from '../attachments/citation-place.ts';
import { usePersonCalled } from '../live/use-live.ts';
import { PersonButton } from '../people/person-button.tsx';
import { useMe } from '../session/use-session.ts';
import { CodeBlock } from './code-block.tsx';
import { type MarkupParts, markupElements } from './markup-elements.tsx';
import styles from './message-body.module.css';
import { ownPlace } from './own-place.ts';

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

type FootnoteLinkProps = { id: string | undefined; to: string; isBack: boolean; children: ReactNode };

/** From a number in a text to its note below it, or back. Only the focus moves: the place of the page is the conversation. */
function FootnoteLink({ id, to, isBack, children }: FootnoteLinkProps) {
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

/** A name in a message: one's own stands out. It runs from left to right also among words that do not. */
function Mention({ children }: { children?: ReactNode }) {
  const { username } = useMe();
  const isMine = typeof children === 'string' && children.slice(1).toLowerCase() === username.toLowerCase();
  const named = usePersonCalled(typeof children === 'string' ? children.slice(1) : '');
  return (
    <mark dir="ltr" className={isMine ? styles.mine : undefined}>
      {named ? <PersonButton userId={named}>{children}</PersonButton> : children}
    </mark>
  );
}

/** A link in a message: to rooms and messages of this Atrium without a new tab, to the world outside with one. */
function MessageLink({ href, ...props }: ComponentProps<'a'>) {
  const place = ownPlace(href, window.location.origin);
  if (place !== undefined) return <Link {...props} to={besideRoom(place)} />;
  return <a {...props} href={href} target="_blank" rel="noopener noreferrer nofollow" />;
}
