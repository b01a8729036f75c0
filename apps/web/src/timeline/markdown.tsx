import { t } from '@lingui/core/macro';
import type { parseMarkup } from '@atrium/markup';
import { useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import { attachmentLayout } from './attachment-layout.ts';
import { autoDirection } from './auto-direction.ts';
import { CodeBlock } from './code-block.tsx';
import { lineBreaks } from './line-breaks.ts';
import styles from './message-body.module.css';
import { Mention } from './mention.tsx';
import { MessageLink } from './message-link.tsx';

export type MarkupTree = NonNullable<ReturnType<typeof parseMarkup>>;

/** Whatever their level, headings of a message are below that of the room, so that the outline of the page has no gap. */
const Heading: Components['h1'] = ({ node: _node, ...props }) => <h2 {...props} />;

const components: Components = {
  ...{ h1: Heading, h2: Heading, h3: Heading, h4: Heading, h5: Heading, h6: Heading },
  a: ({ node: _node, ...props }) => <MessageLink {...props} />,
  pre: ({ node: _node, children }) => <CodeBlock>{children}</CodeBlock>,
  mark: ({ children }) => <Mention>{children}</Mention>,
  // Pictures by address would tell strangers who reads this room: they stay links.
  img: ({ src, alt }) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noopener noreferrer nofollow">
      {alt || src}
    </a>
  ),
  // The one control that Markdown makes: a box nobody can tick here, which says what it shows.
  input: ({ node: _node, ...props }) => <input {...props} aria-label={props.checked ? t`Done` : t`To do`} />,
  table: ({ node: _node, ...props }) => (
    <div className={styles.table} role="group" aria-label={t`Table`} tabIndex={0}>
      <table {...props} />
    </div>
  ),
};

const OF_PEOPLE = [autoDirection, lineBreaks];
const OF_PROGRAMS = [...OF_PEOPLE, attachmentLayout];

type MarkdownProps = { tree: MarkupTree; ofProgram?: boolean | undefined };

/** Shows a message that was read already; never raw HTML. The tree is given, so that a text is read once and the same way everywhere. */
export function Markdown({ tree, ofProgram = false }: MarkdownProps) {
  const plugins = useMemo(() => [() => () => tree], [tree]);
  return (
    <ReactMarkdown remarkPlugins={plugins} rehypePlugins={ofProgram ? OF_PROGRAMS : OF_PEOPLE} components={components}>
      {''}
    </ReactMarkdown>
  );
}
