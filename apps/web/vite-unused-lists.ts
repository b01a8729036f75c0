import type { Plugin, Rollup } from 'vite';

const LIBRARY = /react-virtuoso\/dist\/index\.mjs$/;

/**
 * Lets the build leave out the tables and grids of the library of lists, of which we use none. A bundler must keep what
 * is taken out of the result of a function, since a getter might do something, and what is declared in one statement with
 * something else. Here no getter does, and each declaration becomes a statement of its own.
 */
export function unusedLists(): Plugin {
  return {
    name: 'unused-lists',
    apply: 'build',
    transform: {
      filter: { id: LIBRARY },
      handler(code) {
        const edits = this.parse(code).body.flatMap((statement) => editsOf(statement, code));
        if (edits.length === 0) this.error('react-virtuoso is written in another way now: see whether its tables and grids are left out');
        const edited = edits.toReversed().reduce((text, { from, to, by }) => text.slice(0, from) + by + text.slice(to), code);
        return { code: edited.replace(/= (\w+\.(?:memo|createContext)\()/g, '= /* @__PURE__ */ $1'), map: null };
      },
    },
  };
}

type Statement = ReturnType<Rollup.PluginContext['parse']>['body'][number];
type Edit = { from: number; to: number; by: string };

function editsOf(statement: Statement, code: string): Edit[] {
  if (statement.type !== 'VariableDeclaration') return [];
  const { declarations, kind } = statement;
  return declarations.flatMap(({ id, init, end }, index): Edit[] => {
    const next = declarations[index + 1];
    const apart = next ? [{ from: end, to: next.start, by: `;\n${kind} ` }] : [];
    if (id.type !== 'ObjectPattern' || init?.type !== 'CallExpression') return apart;
    const whole = `taken${id.start}`;
    const parts = id.properties.map((property) => {
      if (property.type !== 'Property' || property.key.type !== 'Identifier') return '';
      return `;\n${kind} ${code.slice(property.value.start, property.value.end)} = /* @__PURE__ */ (() => ${whole}.${property.key.name})()`;
    });
    return [{ from: id.start, to: id.end, by: whole }, { from: init.end, to: init.end, by: parts.join('') }, ...apart];
  });
}
