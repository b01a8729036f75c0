import { formatter } from '@lingui/format-po';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { format } from 'prettier';
import { root } from '../local/paths.ts';

const folder = 'apps/bot/src/words/catalogues';
const po = formatter({ lineNumbers: false });

/** A message that is text alone stays a string. */
function compiled(message: string): unknown {
  const parts = compileMessage(message);
  return parts.every((part) => typeof part === 'string') ? parts.join('') : parts;
}

async function catalogue(locale: string): Promise<Record<string, unknown>> {
  const filename = join(root, folder, `${locale}.po`);
  const messages = await po.parse(await readFile(filename, 'utf8'), { locale, sourceLocale: 'en', filename });
  return Object.fromEntries(
    Object.entries(messages).flatMap(([english, { translation, obsolete }]) => {
      if (obsolete) return [];
      const text = locale === 'en' ? english : translation;
      return text ? [[english, compiled(text)]] : [];
    }),
  );
}

/** The catalogues of the bot as code, so that it reads no files and compiles nothing when it runs. */
export async function botWords(): Promise<string> {
  const locales = (await readdir(join(root, folder))).map((name) => basename(name, '.po'));
  // English first: it is spoken where no other language is known.
  locales.sort((one, other) => Number(other === 'en') - Number(one === 'en') || (one < other ? -1 : 1));
  const languages = await Promise.all(locales.map(async (locale) => [locale, await catalogue(locale)]));
  const code = `/* eslint-disable max-lines -- as many as there are messages */
/** Made by \`npm run gen\` of catalogues/*.po: change those. */
export const CATALOGUES = ${JSON.stringify(Object.fromEntries(languages))} as const;`;
  const style = JSON.parse(await readFile(join(root, '.prettierrc.json'), 'utf8')) as object;
  return format(code, { parser: 'typescript', ...style });
}
