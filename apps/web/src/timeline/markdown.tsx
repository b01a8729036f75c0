import ReactMarkdown, { type Components } from 'react-markdown';
import { autoDirection } from './auto-direction.ts';
import { CodeBlock } from './code-block.tsx';
import { gfm } from './gfm.ts';
import { markMentions } from './mark-mentions.ts';
import styles from './message-body.module.css';
import { MessageLink } from './message-link.tsx';

const components: Components = {
  a: ({ node: _node, ...props }) => <MessageLink {...props} />,
  pre: ({ node: _node, children }) => <CodeBlock>{children}</CodeBlock>,
  // Pictures by address would tell strangers who reads this room: they stay links.
  img: ({ src, alt }) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noopener noreferrer nofollow">
      {alt || src}
    </a>
  ),
  // The one control that Markdown makes: a box nobody can tick here, which says what it shows.
  input: ({ node: _node, ...props }) => <input {...props} aria-label={props.checked ? 'Done' : 'To do'} />,
  table: ({ node: _node, ...props }) => (
    <div className={styles.table} role="group" aria-label="Table" tabIndex={0}>
      <table {...props} />
    </div>
  ),
};

/** CommonMark with tables, task lists and strike-through; never raw HTML. */
export function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={[gfm]} rehypePlugins={[markMentions, autoDirection]} components={components}>
      {text}
    </ReactMarkdown>
  );
}
