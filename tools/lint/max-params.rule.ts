import { ESLintUtils, type TSESTree } from '@typescript-eslint/utils';

type AnyFunction = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

const MOST = 4;
/** What Nest fills in cannot be given in the wrong order; but with more, the class or the endpoint does too much. */
const MOST_FILLED_IN = 8;

function isInjected(node: AnyFunction): boolean {
  const method = node.parent;
  if (method?.type !== 'MethodDefinition' || method.kind !== 'constructor') return false;
  return method.parent.parent.decorators.length > 0 || node.params.every((param) => param.type === 'TSParameterProperty');
}

const isDecorated = (param: TSESTree.Parameter) => param.decorators.length > 0;

/** At most 4 parameters; 8 where Nest fills them in: injected members, `@Body()`, `@Param()`… */
export const maxParams = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { tooMany: '{{count}} parameters, at most {{most}}: gather what belongs together in an object.' },
  },
  defaultOptions: [],
  create(context) {
    const check = (node: AnyFunction) => {
      const most = isInjected(node) || node.params.some(isDecorated) ? MOST_FILLED_IN : MOST;
      if (node.params.length <= most) return;
      context.report({ node: node.params[most] ?? node, messageId: 'tooMany', data: { count: node.params.length, most } });
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
});
