import { Parser } from 'htmlparser2';
import { Nesting } from './nesting.ts';

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'object', 'iframe', 'canvas', 'select', 'textarea']);
const PARAGRAPHS = new Set([
  'p',
  'div',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'aside',
  'nav',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'dl',
  'table',
  'blockquote',
  'pre',
  'figure',
  'form',
  'fieldset',
  'address',
  'title',
  'body',
  'hr',
]);
const LINES = new Set(['li', 'tr', 'dt', 'dd', 'br', 'caption', 'figcaption', 'option', 'legend']);

/** The text a browser would show, its blocks on lines of their own. Scripts and styles are not text. */
export function readHtml(source: string): string {
  const parts: string[] = [];
  const nesting = new Nesting();
  let silent = 0;
  let preformatted = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      nesting.open();
      if (SILENT.has(name)) silent += 1;
      if (name === 'pre') preformatted += 1;
      if (silent > 0) return;
      parts.push(borderOf(name));
      if (name === 'img' && attributes.alt) parts.push(` ${attributes.alt} `);
      if (name === 'td' || name === 'th') parts.push(' ');
    },
    ontext(text) {
      if (silent === 0) parts.push(preformatted > 0 ? text : text.replace(/\s+/g, ' '));
    },
    onclosetag(name) {
      nesting.close();
      if (SILENT.has(name)) silent = Math.max(0, silent - 1);
      if (name === 'pre') preformatted = Math.max(0, preformatted - 1);
      if (silent === 0 && name !== 'br') parts.push(borderOf(name));
    },
  });
  parser.write(source);
  parser.end();
  return parts.join('');
}

function borderOf(name: string): string {
  if (PARAGRAPHS.has(name)) return '\n\n';
  return LINES.has(name) ? '\n' : '';
}
