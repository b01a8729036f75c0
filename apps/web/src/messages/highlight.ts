import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const LANGUAGES = { bash, css, go, java, json, python, rust, sql, typescript, xml, yaml };
const ALSO_CALLED: Record<string, keyof typeof LANGUAGES> = {
  javascript: 'typescript',
  js: 'typescript',
  jsx: 'typescript',
  shell: 'bash',
  console: 'bash',
};

for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);

/** Code as HTML with its parts marked; everything in it is escaped. Undefined for a language that is not known. */
export function highlight(code: string, name: string): string | undefined {
  const language = ALSO_CALLED[name] ?? name;
  return hljs.getLanguage(language) ? hljs.highlight(code, { language, ignoreIllegals: true }).value : undefined;
}
