import { ESLintUtils, type TSESTree } from '@typescript-eslint/utils';
import { forbidden, isTest, kindOf } from './kinds.ts';

/** A file imports only what its suffix allows: data never a use case, neither of them a door. */
export const layers = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      upward: 'A {{from}} may not import a {{to}} ({{target}}): move what both need into a file of its own, or turn the call around.',
    },
  },
  defaultOptions: [],
  create(context) {
    const from = kindOf(context.filename);
    if (forbidden[from].length === 0 || isTest(context.filename)) return {};
    const check = (source: TSESTree.Node | null) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string' || !source.value.startsWith('.')) return;
      const to = kindOf(source.value);
      if (forbidden[from].includes(to)) context.report({ node: source, messageId: 'upward', data: { from, to, target: source.value } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
});
