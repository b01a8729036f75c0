import { ESLintUtils, type TSESTree } from '@typescript-eslint/utils';

/** What people read or hear of an element. */
const SHOWN = new Set(['alt', 'aria-label', 'aria-description', 'description', 'detail', 'label', 'placeholder', 'title']);
const WORD = /\p{L}{2}/u;

/** Every word of the page stands in a catalogue: none is written into an element or an attribute as it is. */
export const words = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    messages: { plain: 'Put "{{text}}" into the catalogues, with <Trans> or t`…` (docs/how-to/add-a-word.md).' },
  },
  defaultOptions: [],
  create(context) {
    const check = (node: TSESTree.Node, text: string) => {
      if (WORD.test(text)) context.report({ node, messageId: 'plain', data: { text: text.trim() } });
    };
    return {
      JSXText: (node) => {
        if (!isWithinMacro(node)) check(node, node.value);
      },
      'JSXExpressionContainer > Literal': (node: TSESTree.Literal) => {
        if (typeof node.value === 'string' && node.parent.parent?.type !== 'JSXAttribute' && !isWithinMacro(node)) check(node, node.value);
      },
      JSXAttribute: (node) => {
        if (node.name.type !== 'JSXIdentifier' || !SHOWN.has(node.name.name)) return;
        if (node.value?.type === 'Literal' && typeof node.value.value === 'string') check(node.value, node.value.value);
      },
    };
  },
});

/** `<Trans>`, `<Plural>` and their kin are read at build time, and code and names of keys are the same in all languages. */
function isWithinMacro(node: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node.parent; at; at = at.parent) {
    if (at.type !== 'JSXElement' || at.openingElement.name.type !== 'JSXIdentifier') continue;
    if (['Trans', 'Plural', 'Select', 'code', 'kbd'].includes(at.openingElement.name.name)) return true;
  }
  return false;
}
