import ts from 'typescript';

const CONTRACTS = '@atrium/contracts';
/** What is read of a contract without calling it. */
const PARTS = new Set(['input', 'output', 'subject', 'service', 'name', 'codes', 'timeoutMs', 'idempotent', 'batched', 'callers']);

/**
 * The calls that a source makes of other services: every `messages.send` that is neither a type, nor what a handler
 * answers, nor read for a part of its contract. @returns `service.name` @param services the names of all contracts
 */
export function callsIn(source: string, services: ReadonlySet<string>): string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const contracts = importedContracts(file, services);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || isHandled(node)) return;
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const service = contracts.get(node.expression.text);
      const read = ts.isPropertyAccessExpression(node.parent) && PARTS.has(node.parent.name.text);
      if (service && !read) found.add(`${service}.${node.name.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found].sort();
}

function importedContracts(file: ts.SourceFile, services: ReadonlySet<string>): Map<string, string> {
  const named = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || (statement.moduleSpecifier as ts.StringLiteral).text !== CONTRACTS) continue;
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements) {
      const original = (propertyName ?? name).text;
      if (services.has(original)) named.set(name.text, original);
    }
  }
  return named;
}

/** The argument of `@HandleRpc(messages.pins)`. */
const isHandled = (node: ts.Node): boolean => ts.isDecorator(node) && /^@HandleRpc(Batch)?\(/.test(node.getText());

type Rpcs = Record<string, Record<string, { callers: Readonly<Partial<Record<string, string>>> }>>;

/**
 * What the contracts' lists of callers and the calls in the sources do not agree on, as sentences that say the fix.
 * @param calls by app what it calls, as `callsIn` names it
 */
export function callerMistakes(rpcs: Rpcs, calls: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const mistakes: string[] = [];
  for (const [service, group] of Object.entries(rpcs)) {
    for (const [name, { callers }] of Object.entries(group)) {
      const called = `${service}.${name}`;
      for (const [app, made] of calls)
        if (app !== service && made.has(called) && !(app in callers))
          mistakes.push(`${app} calls ${called}, whose contract does not list it: add it to "callers", with whom it calls for.`);
      for (const caller of Object.keys(callers))
        if (!calls.get(caller)?.has(called)) mistakes.push(`${caller} never calls ${called}: take it out of its "callers".`);
    }
  }
  return mistakes;
}
