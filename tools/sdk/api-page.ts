import { format } from 'prettier';
import ts from 'typescript';
import { contractTypes, usesIn, type Contracts } from './contract-types.ts';

type Source = { path: string; text: string };
type Class = { declaration: ts.ClassDeclaration; file: ts.SourceFile };
type Member = ts.MethodDeclaration | ts.PropertyDeclaration | ts.GetAccessorDeclaration | ts.ConstructorDeclaration;

/** First a client's parts, in the order in which they stand there; then what is made by itself. */
const CLIENT = 'AtriumClient';
const IN_CONSTRUCTOR = new Set([ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ReadonlyKeyword]);

const docOf = (node: ts.Node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .flatMap((doc) => (ts.isJSDoc(doc) ? [ts.getTextOfJSDocComment(doc.comment) ?? ''] : []))
    .join(' ')
    .replaceAll(/\s*\n\s*/g, ' ');
const isHidden = (node: ts.Node) =>
  (ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ||
  (ts.isClassElement(node) && node.name !== undefined && ts.isPrivateIdentifier(node.name));
const onOneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ');

function isShown(node: ts.ClassElement): node is Member {
  if (isHidden(node)) return false;
  if (ts.isConstructorDeclaration(node)) return !node.parameters.some((one) => one.modifiers?.some(({ kind }) => IN_CONSTRUCTOR.has(kind)));
  return ts.isMethodDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node);
}

function signatureOf(member: Member, className: string, file: ts.SourceFile): string {
  const parameters = 'parameters' in member ? member.parameters.map((one) => onOneLine(one.getText(file))).join(', ') : '';
  if (ts.isConstructorDeclaration(member)) return `new ${className}(${parameters})`;
  const type = member.type ? `: ${onOneLine(member.type.getText(file))}` : '';
  const generics =
    'typeParameters' in member && member.typeParameters ? `<${member.typeParameters.map((one) => one.getText(file)).join(', ')}>` : '';
  const name = member.name.getText(file);
  return ts.isMethodDeclaration(member) ? `${name}${generics}(${parameters})${type}` : `${name}${type}`;
}

function classSection(title: string, { declaration, file }: Class): string {
  const members = declaration.members.filter(isShown).map((member) => {
    const doc = docOf(member);
    return `- \`${signatureOf(member, declaration.name!.text, file)}\`${doc ? `  \n  ${doc}` : ''}`;
  });
  return [`### ${title}`, docOf(declaration), members.join('\n')].filter(Boolean).join('\n\n');
}

/** What `index.ts` hands out, by name. */
function exportedNames(index: ts.SourceFile): string[] {
  return index.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
}

function declarations(files: readonly ts.SourceFile[]) {
  const classes = new Map<string, Class>();
  const types = new Map<string, string>();
  for (const file of files) {
    for (const statement of file.statements) {
      if (ts.isClassDeclaration(statement) && statement.name) classes.set(statement.name.text, { declaration: statement, file });
      if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) {
        const doc = docOf(statement);
        types.set(statement.name.text, `${doc ? `/** ${doc} */\n` : ''}${statement.getText(file).replace(/^export /, '')}`);
      }
    }
  }
  return { classes, types };
}

/** A client's parts: the property and the class behind it. */
function partsOf({ declaration, file }: Class, classes: ReadonlyMap<string, Class>): { property: string; of: Class }[] {
  return declaration.members.filter(ts.isPropertyDeclaration).flatMap((member) => {
    const of = classes.get(member.type?.getText(file) ?? '');
    return of && !isHidden(member) ? [{ property: `client.${member.name.getText(file)}`, of }] : [];
  });
}

function errorTable(contracts: Contracts): string {
  const rows = Object.entries(contracts.ERRORS as Record<string, { status: number; title: string }>);
  return [
    '| `code` | Status | |',
    '| --- | --- | --- |',
    ...rows.map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`),
  ].join('\n');
}

const block = async (code: string) => `\`\`\`ts\n${await format(code, { parser: 'typescript', singleQuote: true, printWidth: 120 })}\`\`\``;

/** The reference of the SDK, from the sources themselves and the schemas behind them. */
export async function apiPage(sources: readonly Source[], contracts: Contracts): Promise<string> {
  const files = sources.map(({ path, text }) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  const { classes, types } = declarations(files);
  const names = exportedNames(files.find(({ fileName }) => fileName.endsWith('src/index.ts'))!);
  const client = classes.get(CLIENT)!;
  const parts = partsOf(client, classes);
  const inParts = new Set(parts.map(({ of }) => of.declaration.name!.text));
  const others = names.filter((name) => classes.has(name) && name !== CLIENT && !inParts.has(name));
  return `${[
    '<!-- Made by "npm run gen" from the sources and the contract. -->',
    `# Reference of @atrium/client ${String(contracts.VERSION)}`,
    'Whatever is named here is exported by `@atrium/client`, or is a part of a client. [README.md](README.md) shows how they are used together.',
    '## The client',
    classSection(CLIENT, client),
    ...parts.map(({ property, of }) => classSection(`\`${property}\``, of)),
    '## Made by themselves',
    ...others.map((name) => classSection(`\`${name}\``, classes.get(name)!)),
    '## Types',
    await block(names.flatMap((name) => types.get(name) ?? []).join('\n\n')),
    '## Types of the contract',
    'Those of inputs and outputs, and what they are made of. `InputOf` and `OutputOf` stand for what a call takes and gives.',
    await block(contractTypes(contracts, usesIn(sources.map(({ text }) => text)), { constants: false })),
    '## Error codes',
    '`AtriumError.code` is one of these, or one of `LocalErrorCode`, for what never reached a server.',
    errorTable(contracts),
  ].join('\n\n')}\n`;
}
