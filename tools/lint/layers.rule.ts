import { ESLintUtils, type TSESTree } from '@typescript-eslint/utils';
import { forbidden, isTest, kindOf } from './kinds.ts';
import { kindsReached } from './reach.ts';

/** What a door may have of the library of databases: use cases that every service has, and no way to rows. */
const DATABASE = '@atrium/database';
const FOR_DOORS = new Set(['AuditLog', 'FactFollowers', 'RoomPurger', 'uuidv7']);

/** A file imports only what its kind allows, also by way of plain files: a door never data, data never a use case, none of them a door. */
export const layers = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      rows: 'A door may not import {{name}} of @atrium/database: call it through a *.service.ts.',
      upward: 'A {{from}} may not import a {{to}} ({{target}}): move what both need into a file of its own, or turn the call around.',
      through:
        '{{target}} comes to a {{to}}, which a {{from}} may not import: call it through a *.service.ts, or move what both need into a file of its own.',
    },
  },
  defaultOptions: [],
  create(context) {
    const from = kindOf(context.filename);
    if (forbidden[from].length === 0 || isTest(context.filename)) return {};
    const check = (source: TSESTree.Node | null) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const reached = kindsReached(context.filename, source.value);
      const to = forbidden[from].find((kind) => reached.has(kind));
      if (!to) return;
      const messageId = kindOf(source.value) === to ? 'upward' : 'through';
      context.report({ node: source, messageId, data: { from: `${from} file`, to: `${to} file`, target: source.value } });
    };
    return {
      ImportDeclaration: (node) => {
        check(node.source);
        if (from !== 'door' || node.source.value !== DATABASE) return;
        for (const one of node.specifiers) {
          const name = one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' ? one.imported.name : '*';
          if (!FOR_DOORS.has(name)) context.report({ node: one, messageId: 'rows', data: { name } });
        }
      },
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
});
