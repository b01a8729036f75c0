/** Endings of names of texts that people write in sentences. */
const PROSE = /\.(?:txt|text|rst|adoc|tex|bib|md|srt|vtt)$/i;
const ENDING = /\.[a-z][a-z0-9+_-]*$/i;

/** Source code, settings and logs: their letters have to stand below each other. */
export const isCode = ({ name, contentType }: { name: string; contentType: string }): boolean =>
  contentType === 'text/plain' && (/^(?:makefile|dockerfile)$/i.test(name) || (ENDING.test(name) && !PROSE.test(name)));
