/** An element that ended: what its attributes say, its text, and the elements in it. */
type Element = { name: string; attributes: [name: string, value: string][]; text: string; children: Element[] };
type Open = Element & {
  /** How much is held of it. */
  chars: number;
  /** It holds more than a record does: what is in it is told as it comes. */
  isTold: boolean;
  /** Text stands between its elements: a paragraph with words set apart. */
  isMixed: boolean;
  /** Names of the elements told before, for telling lists. */
  before: string | null;
};

/** An element whose values fit one line is told as one. */
const RECORD_CHARS = 600;
/** Longer values are text that needs no name, as are those of elements that text consists of. */
const VALUE_CHARS = 200;
const PROSE = /^(?:p|para|paragraph|text|line|li|span|div|body|simpara|term)$/i;
const HEADING = /^(?:title|subtitle|heading|head)$/i;
/** A text that never ends is told in pieces. */
const MOST_HELD_CHARS = 64 * 1024;
/** An attribute that names what the element's text is the value of. */
const NAMING = /^(?:name|key|id)$/i;

/**
 * Turns XML into lines while it is read. An element of values is a record and one line, `book id: 7; title: Tides`, with
 * the elements in it where several of its name follow each other; a lone value is a line with its name; text is text.
 */
export class XmlRecords {
  private readonly stack: Open[] = [];
  private out: string[] = [];

  take(): string {
    const text = this.out.join('');
    this.out = [];
    return text;
  }

  open(tag: string, attributes: Record<string, string>): void {
    const parent = this.stack.at(-1);
    if (parent?.text.trim() && !parent.isMixed) this.mix(parent);
    const said = Object.entries(attributes).flatMap(([key, value]): [string, string][] =>
      isSaid(key, value) ? [[local(key), value]] : [],
    );
    this.stack.push({
      ...{ name: local(tag), attributes: said, text: '', children: [] },
      ...{ chars: 0, isTold: false, isMixed: false, before: null },
    });
    this.grow(said.reduce((sum, [key, value]) => sum + key.length + value.length, tag.length));
  }

  text(text: string): void {
    const element = this.stack.at(-1);
    if (!element) return;
    if (text.trim() !== '' && (element.children.length > 0 || element.before !== null)) this.mix(element);
    element.text += text.replace(/\s+/g, ' ');
    this.grow(text.trim().length);
    if (element.text.length > MOST_HELD_CHARS) this.tellText(element);
  }

  close(): void {
    const element = this.stack.pop();
    const parent = this.stack.at(-1);
    if (!element) return;
    if (parent?.isMixed) {
      parent.text += wordsOf(element);
      return;
    }
    if (element.isTold || element.isMixed) {
      this.tellHeld(element, null);
      this.line(phrasesOf(element));
      this.tellText(element);
      if (parent) this.tellHeld(parent, element.name);
    } else if (!parent) this.tell(element, false);
    else {
      nameByKey(element, parent);
      if (parent.isTold) this.tellHeld(parent, element.name);
      parent.children.push(element);
    }
  }

  /** What was held of elements that do not end. */
  end(): string {
    while (this.stack.length > 0) this.close();
    return this.take();
  }

  private grow(chars: number): void {
    for (const [i, open] of this.stack.entries()) {
      open.chars += chars;
      if (open.chars > RECORD_CHARS) this.begin(i);
    }
  }

  /** It is no record: what it holds is told as it comes, and first what stands before it. */
  private begin(at: number): void {
    const [parent, open, inner] = [this.stack[at - 1], this.stack[at], this.stack[at + 1]];
    if (!open || open.isTold) return;
    open.isTold = true;
    if (parent) this.tellHeld(parent, open.name);
    this.line(ofContainer(open));
    open.attributes = [];
    // The last one may be the first of a list.
    const last = inner ? undefined : open.children.pop();
    const held = open.children.splice(0);
    this.tellAll(held, { before: null, after: (last ?? inner)?.name ?? null });
    open.before = held.at(-1)?.name ?? null;
    if (last) open.children.push(last);
  }

  /** Its elements so far turn out to be words of its text. */
  private mix(element: Open): void {
    for (let at = 0; at < this.stack.length - 1; at += 1) this.begin(at);
    const parent = this.stack.at(-2);
    if (parent) this.tellHeld(parent, element.name);
    element.isMixed = true;
    element.text = element.children.map(wordsOf).join('') + element.text;
    element.children = [];
  }

  /** What is held of an element, once it is known what follows: elements of one name are a list. */
  private tellHeld(parent: Open, next: string | null): void {
    const held = parent.children.splice(0);
    this.tellAll(held, { before: parent.before, after: next });
    parent.before = next ?? parent.before;
  }

  private tellAll(elements: Element[], { before, after }: { before: string | null; after: string | null }): void {
    for (const [i, element] of elements.entries()) {
      const beside = [elements[i - 1]?.name ?? before, elements[i + 1]?.name ?? (i === elements.length - 1 ? after : null)];
      this.tell(element, beside.includes(element.name));
    }
  }

  private tell(element: Element, isOfList: boolean): void {
    const { name, children, text } = element;
    const parts = children.filter(({ children: inner, attributes }) => inner.length > 0 || attributes.length > 1);
    const isRecord = (isOfList || parts.length === 0) && !children.some((child) => isText(child)) && !isList(children);
    if (children.length === 0 && (isText(element) || HEADING.test(name))) this.line([...phrasesOf(element), text]);
    else if (children.length === 0 || isRecord) this.line([fieldsOf(element, name).join('; ')]);
    else {
      this.line(ofContainer(element));
      this.tellAll(children, { before: null, after: null });
    }
  }

  private tellText(element: Open): void {
    this.line([element.text]);
    element.text = '';
  }

  private line(parts: string[]): void {
    for (const part of parts) if (part.trim() !== '') this.out.push(`${part.trim()}\n`);
  }
}

/** "<key>Version</key><string>2</string>": the key names the value. */
function nameByKey(element: Element, { children }: Element): void {
  const key = children.at(-1);
  if (key?.name !== 'key' || key.children.length > 0 || key.text.trim() === '' || element.name === 'key') return;
  children.pop();
  element.name = key.text.trim();
}

/** Whether it is a piece of text, and not a value with a name. */
const isText = ({ name, text, children }: Element) =>
  children.length === 0 && text.trim() !== '' && (PROSE.test(name) || text.length > VALUE_CHARS);

/** Elements of one name that hold others: each is a record of its own. */
const isList = (children: Element[]) => children.some(({ name, children: inner }, i) => inner.length > 0 && children[i + 1]?.name === name);

/** The values of an element, each with its name and those of the elements around it. */
function fieldsOf({ attributes, children, text }: Element, path: string): string[] {
  const value = text.trim();
  if (children.length === 0 && value !== '') {
    const named = attributes.length === 1 && NAMING.test(attributes[0]![0]);
    if (named) return [`${attributes[0]![1]}: ${value}`];
    const more = attributes.map(([key, said]) => `${key}: ${said}`).join(', ');
    return [`${path}: ${value}${more === '' ? '' : ` (${more})`}`];
  }
  return [
    ...attributes.map(([key, said], i) => `${i === 0 ? `${path} ` : ''}${key}: ${said}`),
    ...children.flatMap((child, i) => {
      const isFirst = i === 0 && attributes.length === 0;
      return fieldsOf(child, isFirst ? `${path} ${child.name}` : child.name);
    }),
  ];
}

const wordsOf = ({ text, children }: Element): string => text + children.map(wordsOf).join('');
const local = (name: string) => name.replace(/^.*:/, '');
/** What attributes of a text say in words. */
const phrasesOf = ({ attributes }: Element) =>
  attributes.filter(([, value]) => /\p{L}{2}.*\s.*\p{L}{2}/u.test(value)).map(([key, value]) => `${key}: ${value}`);
/** What attributes say of all that is in an element, but for what only programs go by. */
const ofContainer = ({ name, attributes }: Element) => {
  const said = attributes.filter(([key]) => !/^(?:id|version|lang|class|style|role|type)$/i.test(key));
  return said.length > 0 ? [`${name} ${said.map(([key, value]) => `${key}: ${value}`).join('; ')}`] : [];
};
/** Names of namespaces and addresses of schemas are the machine's. */
const isSaid = (key: string, value: string) => !/^(?:xmlns|xsi:|xml:)/.test(key) && value.trim() !== '' && value.length <= VALUE_CHARS;
