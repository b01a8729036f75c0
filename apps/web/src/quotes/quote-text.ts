/** Enough to know what is answered; the link leads to the rest. */
const LONGEST = 600;

type Quoted = { body: string; fileNames: readonly string[]; author: string; link: string };

/** A message as a quote: who said it, with a link to it, and its words without what they quote themselves. */
export function quoteText({ body, fileNames, author, link }: Quoted): string {
  const own = body
    .split('\n')
    .filter((line) => !/^\s*>/.test(line))
    .join('\n')
    .trim();
  const said = own === '' && fileNames.length > 0 ? fileNames.map(plain).join(', ') : shortened(own);
  return [`[${plain(author)}](${link}):`, ...said.split('\n')].map((line) => `> ${line}`.trimEnd()).join('\n');
}

/** What was written already, and the quote after it, with a place to go on. */
export function withQuote(draft: string, quote: string): string {
  return `${draft.trim() === '' ? '' : `${draft.trimEnd()}\n\n`}${quote}\n\n`;
}

/** By characters as people count them; a fence that is cut open is closed. */
function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  const cut = `${characters.slice(0, LONGEST).join('').trimEnd()}…`;
  return (cut.match(/^```/gm) ?? []).length % 2 === 1 ? `${cut}\n\`\`\`` : cut;
}

/** Names are words, whatever signs they have in them. */
const plain = (name: string): string => name.replace(/[\\`*_[\]<>|~@]/g, '\\$&');
