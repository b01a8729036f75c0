import type { MarkupNode, MarkupTree } from '@atrium/markup';
import type { ComponentType, CSSProperties, ReactNode } from 'react';

type NodeOf<Type extends MarkupNode['type']> = Extract<MarkupNode, { type: Type }>;

/** What the page has its own way of showing. */
export type MarkupParts = {
  Link: ComponentType<{ href: string | undefined; title?: string | undefined; children: ReactNode }>;
  /** Pictures by address would tell strangers who reads this room: they stay links. */
  Picture: ComponentType<{ src: string | undefined; children: ReactNode }>;
  Code: ComponentType<{ code: string; language: string | undefined }>;
  Mention: ComponentType<{ children: string }>;
  Tick: ComponentType<{ done: boolean }>;
  /** From where the text calls a footnote to the note, or back. */
  Jump: ComponentType<{ id: string | undefined; to: string; isBack: boolean; children: ReactNode }>;
  Table: ComponentType<{ dir: 'auto' | undefined; children: ReactNode }>;
};

/**
 * A message that was read, as elements. Each of its blocks runs the way its script does, and what is inside follows it, so
 * that a list or quote keeps its marks on one side; code always runs from left to right. HTML is shown as it was written.
 * @param name what its ids begin with, since a message may be on the page twice
 */
export function markupElements(tree: MarkupTree, parts: MarkupParts, name: string): ReactNode {
  return new Elements(tree, parts, name).all();
}

class Elements {
  /** Footnotes in the order in which the text calls them. */
  readonly #footnotes: string[] = [];
  /** How often each was called. */
  readonly #calls = new Map<number, number>();

  constructor(
    private readonly tree: MarkupTree,
    private readonly parts: MarkupParts,
    private readonly name: string,
  ) {}

  all(): ReactNode {
    const blocks = this.tree.children.map((node, index) => this.#one(node, index, 'auto'));
    const notes: ReactNode[] = [];
    // A footnote may call others.
    for (let index = 0; index < this.#footnotes.length; index += 1) {
      notes.push(this.#footnote(this.#footnotes[index]!, index + 1));
    }
    if (notes.length === 0) return blocks;
    return [
      ...blocks,
      <ol key="footnotes" dir="auto" data-footnotes>
        {notes}
      </ol>,
    ];
  }

  #in({ children }: { children: readonly MarkupNode[] }): ReactNode {
    return children.map((node, index) => this.#one(node, index));
  }

  #one(node: MarkupNode, key: number, dir?: 'auto'): ReactNode {
    const { Code, Link, Mention, Picture } = this.parts;
    switch (node.type) {
      case 'text':
        return node.value;
      case 'html':
        return dir ? (
          <p key={key} dir={dir}>
            {node.value}
          </p>
        ) : (
          node.value
        );
      case 'paragraph':
        return (
          <p key={key} dir={dir}>
            {this.#in(node)}
          </p>
        );
      case 'heading':
        // Whatever their level, headings of a message are below that of the room, so that the outline of the page has no gap.
        return (
          <h2 key={key} dir={dir}>
            {this.#in(node)}
          </h2>
        );
      case 'emphasis':
        return node.data?.mention ? <Mention key={key}>{node.data.mention}</Mention> : <em key={key}>{this.#in(node)}</em>;
      case 'strong':
        return <strong key={key}>{this.#in(node)}</strong>;
      case 'delete':
        return <del key={key}>{this.#in(node)}</del>;
      case 'inlineCode':
        return <code key={key}>{node.value.replace(/\r?\n|\r/g, ' ')}</code>;
      case 'break':
        return <br key={key} />;
      case 'thematicBreak':
        return <hr key={key} dir={dir} />;
      case 'code':
        return <Code key={key} code={node.value && `${node.value}\n`} language={/^[\w-]+/.exec(node.lang ?? '')?.[0].toLowerCase()} />;
      case 'blockquote':
        return (
          <blockquote key={key} dir={dir} data-colour={node.data?.colour}>
            {this.#in(node)}
          </blockquote>
        );
      case 'list':
        return this.#list(node, key, dir);
      case 'table':
        return this.#table(node, key, dir);
      case 'link':
      case 'linkReference': {
        const { url, title } = node.type === 'link' ? node : (this.#definition('definition', node.identifier) ?? { url: '', title: null });
        return (
          <Link key={key} href={safe(url)} title={title ?? undefined}>
            {this.#in(node)}
          </Link>
        );
      }
      case 'image':
      case 'imageReference': {
        const url = node.type === 'image' ? node.url : (this.#definition('definition', node.identifier)?.url ?? '');
        return (
          <Picture key={key} src={safe(url)}>
            {node.alt || url}
          </Picture>
        );
      }
      case 'footnoteReference':
        return this.#call(node.identifier, key);
      default:
        return null;
    }
  }

  #list(node: NodeOf<'list'>, key: number, dir?: 'auto'): ReactNode {
    const Tag = node.ordered ? 'ol' : 'ul';
    const isLoose = isSpread(node);
    return (
      <Tag
        key={key}
        dir={dir}
        start={node.ordered && node.start !== 1 ? (node.start ?? undefined) : undefined}
        data-fields={node.data?.fields}
      >
        {node.children.map((item, index) => (
          <li key={index} data-wide={item.data?.wide}>
            {this.#item(item, isLoose)}
          </li>
        ))}
      </Tag>
    );
  }

  /** Items have no paragraph of their own where no line between them is empty. */
  #item({ checked, children }: NodeOf<'listItem'>, isLoose: boolean): ReactNode {
    const tick = typeof checked === 'boolean' && (
      <>
        <this.parts.Tick done={checked} />{' '}
      </>
    );
    const [first] = children;
    if (!isLoose || first?.type !== 'paragraph') {
      return (
        <>
          {tick}
          {children.map((node, index) => (node.type === 'paragraph' && !isLoose ? this.#in(node) : this.#one(node, index)))}
        </>
      );
    }
    return (
      <>
        <p>
          {tick}
          {this.#in(first)}
        </p>
        {children.slice(1).map((node, index) => this.#one(node, index))}
      </>
    );
  }

  #table({ align, children: [head, ...rows] }: NodeOf<'table'>, key: number, dir?: 'auto'): ReactNode {
    const { Table } = this.parts;
    const columns = align?.length ? align : (head?.children.map(() => null) ?? []);
    const row = (Tag: 'th' | 'td', of: NodeOf<'tableRow'> | undefined, at: number): ReactNode => (
      <tr key={at}>
        {columns.map((side, column) => {
          const style: CSSProperties | undefined = side ? { textAlign: side } : undefined;
          const cell = of?.children[column];
          return (
            <Tag key={column} style={style}>
              {cell && this.#in(cell)}
            </Tag>
          );
        })}
      </tr>
    );
    return (
      <Table key={key} dir={dir}>
        <thead>{row('th', head, 0)}</thead>
        {rows.length > 0 && <tbody>{rows.map((one, at) => row('td', one, at))}</tbody>}
      </Table>
    );
  }

  #call(identifier: string, key: number): ReactNode {
    const { Jump } = this.parts;
    if (!this.#footnotes.includes(identifier)) this.#footnotes.push(identifier);
    const number = this.#footnotes.indexOf(identifier) + 1;
    const calls = this.#calls.get(number) ?? 0;
    this.#calls.set(number, calls + 1);
    return (
      <sup key={key}>
        <Jump id={calls === 0 ? this.#id('call', number) : undefined} to={this.#id('note', number)} isBack={false}>
          {number}
        </Jump>
      </sup>
    );
  }

  /** With the way back to where it was called first, at the end of its words. */
  #footnote(identifier: string, number: number): ReactNode {
    const { Jump } = this.parts;
    const nodes = this.#definition('footnoteDefinition', identifier)?.children ?? [];
    const last = nodes.at(-1);
    const back = (
      <Jump id={undefined} to={this.#id('call', number)} isBack>
        ↩
      </Jump>
    );
    return (
      <li key={number} id={this.#id('note', number)} tabIndex={-1}>
        {this.#in({ children: last?.type === 'paragraph' ? nodes.slice(0, -1) : nodes })}
        <p>
          {last?.type === 'paragraph' && this.#in(last)} {back}
        </p>
      </li>
    );
  }

  #id(kind: 'call' | 'note', number: number): string {
    return `${this.name}-${kind}-${number}`;
  }

  /** The first of several counts. */
  #definition<Type extends 'definition' | 'footnoteDefinition'>(type: Type, identifier: string): NodeOf<Type> | undefined {
    const find = (nodes: readonly MarkupNode[]): NodeOf<Type> | undefined => {
      for (const node of nodes) {
        if (node.type === type && 'identifier' in node && node.identifier === identifier) return node as NodeOf<Type>;
        const inside = 'children' in node ? find(node.children) : undefined;
        if (inside) return inside;
      }
      return undefined;
    };
    return find(this.tree.children);
  }
}

const isSpread = (list: NodeOf<'list'>): boolean =>
  Boolean(list.spread) || list.children.some(({ spread, children }) => spread ?? children.length > 1);

/** An address that leads somewhere and runs nothing; of any other nothing is left. */
function safe(url: string): string | undefined {
  const protocol = /^([^:/?#]*):/.exec(url)?.[1];
  return protocol === undefined || /^(https?|ircs?|mailto|xmpp)$/i.test(protocol) ? url : undefined;
}
