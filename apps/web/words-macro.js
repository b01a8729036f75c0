import { transformSync } from '@babel/core';
import macro from '@lingui/babel-plugin-lingui-macro';
import { makeConfig } from '@lingui/conf';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { join } from 'node:path';

const language = join(import.meta.dirname, 'src/language');
const linguiConfig = makeConfig(
  {
    locales: ['en'],
    sourceLocale: 'en',
    runtimeConfigModule: { i18n: [join(language, 'i18n.ts'), 'say'], Trans: [join(language, 'trans.tsx'), 'Trans'] },
  },
  { skipValidation: true },
);

/** Whether a file has words that are translated. */
export const hasWords = (code) => code.includes('@lingui/core/macro') || code.includes('@lingui/react/macro');

/**
 * Turns the words of a file (t`…`, <Trans>…</Trans>, plural(…)) into look-ups that carry the English, compiled: English
 * needs no catalogue, and the page no compiler.
 */
export function withWords(code, filename) {
  const { code: turned, map } = transformSync(code, {
    filename,
    configFile: false,
    babelrc: false,
    sourceMaps: true,
    retainLines: true,
    parserOpts: { plugins: filename.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'] },
    plugins: [[macro, { linguiConfig, descriptorFields: 'message' }], compileEnglish],
  });
  return { code: turned, map };
}

/** What a message comes to, each of its texts as `mapText` has it: words alone stay a string. */
export function compiled(message, mapText) {
  const parts = compileMessage(message, mapText);
  return parts.every((part) => typeof part === 'string') ? parts.join('') : parts;
}

const isMessage = ({ leadingComments }) => leadingComments?.some(({ value }) => /^[*\s]*i18n\s*$/.test(value));

/** `say._({ id, message, values })` becomes `say(message, values)`, and the message of a <Trans> what it is compiled to. */
function compileEnglish({ types }) {
  const part = (node, name) => node.properties.find(({ key }) => types.isIdentifier(key, { name }));
  const english = (node) => types.valueToNode(JSON.parse(JSON.stringify(compiled(part(node, 'message').value.value))));
  const visitor = {
    ObjectExpression(path) {
      if (!isMessage(path.node)) return;
      const { node, parentPath } = path;
      if (parentPath.isCallExpression()) {
        const values = part(node, 'values')?.value;
        parentPath.replaceWith(types.callExpression(parentPath.node.callee.object, values ? [english(node), values] : [english(node)]));
      } else if (parentPath.isJSXSpreadAttribute()) {
        part(node, 'message').value = english(node);
        node.properties = node.properties.filter((one) => one !== part(node, 'id'));
      } else throw path.buildCodeFrameError('Words are read where they are shown, in the language of then: use t and no msg');
    },
  };
  return { visitor: { Program: { exit: (program) => program.traverse(visitor) } } };
}
