import { parse } from 'libpg-query';

/** What a statement would do to those who use the table meanwhile, or to the code of the version before. */
export type Rule = 'blocks-writes' | 'rewrites-table' | 'scans-table' | 'changes-every-row' | 'breaks-running-code' | 'not-concurrent-safe';

export interface Finding {
  rule: Rule;
  table: string;
  says: string;
}

export interface MigrationText {
  /** As they are handed to the database, each possibly of several statements. */
  queries: readonly string[];
  transactional: boolean;
}

/** A node of PostgreSQL's syntax tree: one key that names its kind, and its fields. */
type Node = Record<string, Fields>;
type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown) => (value ?? {}) as Fields;
const listOf = (value: unknown) => (value ?? []) as Node[];
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const lastName = (names: unknown) => text(fieldsOf(listOf(names).at(-1)?.['String'])['sval']);

/** One value for all rows, found once; of any other function PostgreSQL would have to ask for each row. */
const FOUND_ONCE = new Set(['now', 'transaction_timestamp', 'statement_timestamp', 'current_setting']);

function callsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(callsIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([kind, value]) =>
    kind === 'FuncCall' ? [lastName(fieldsOf(value)['funcname']), ...callsIn(fieldsOf(value)['args'])] : callsIn(value),
  );
}

/** The tables that a migration makes itself: nobody uses them yet. */
function tablesMade(statements: readonly Node[]): Set<string> {
  const made = statements.flatMap((statement) => {
    const into = fieldsOf(fieldsOf(statement['CreateTableAsStmt'])['into'])['rel'];
    return [fieldsOf(statement['CreateStmt'])['relation'], into].map((relation) => text(fieldsOf(relation)['relname']));
  });
  return new Set(made.filter(Boolean));
}

const constraintsOf = (column: Fields) => listOf(column['constraints']).map((node) => fieldsOf(node['Constraint']));

function findInColumn(table: string, column: Fields): Finding[] {
  const name = text(column['colname']);
  const constraints = constraintsOf(column);
  const kinds = new Set(constraints.map(({ contype }) => contype));
  const value = constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.['raw_expr'];
  const asked = callsIn(value).filter((call) => !FOUND_ONCE.has(call));
  const serial = /serial/.test(lastName(fieldsOf(column['typeName'])['names']));
  const found: Finding[] = [];
  if (asked.length > 0 || serial || kinds.has('CONSTR_GENERATED') || kinds.has('CONSTR_IDENTITY'))
    found.push({ rule: 'rewrites-table', table, says: `adding ${name} writes every row anew: its value differs from row to row` });
  if (kinds.has('CONSTR_NOTNULL') && value === undefined && !serial && !kinds.has('CONSTR_GENERATED') && !kinds.has('CONSTR_IDENTITY'))
    found.push({
      rule: 'breaks-running-code',
      table,
      says: `${name} is wanted by the new version and not written by the one before: give it a default`,
    });
  if (kinds.has('CONSTR_CHECK') || kinds.has('CONSTR_FOREIGN'))
    found.push({
      rule: 'scans-table',
      table,
      says: `the constraint on ${name} is checked on every row: add it NOT VALID, and validate it in a later migration`,
    });
  if (kinds.has('CONSTR_UNIQUE') || kinds.has('CONSTR_PRIMARY'))
    found.push({
      rule: 'blocks-writes',
      table,
      says: `the index of ${name} is made while nobody can write: make a unique index concurrently`,
    });
  return found;
}

function findInConstraint(table: string, constraint: Fields): Finding[] {
  const name = text(constraint['conname']);
  const type = constraint['contype'];
  if ((type === 'CONSTR_UNIQUE' || type === 'CONSTR_PRIMARY' || type === 'CONSTR_EXCLUSION') && !constraint['indexname'])
    return [
      {
        rule: 'blocks-writes',
        table,
        says: `the index of ${name} is made while nobody can write: make it concurrently, then add the constraint USING INDEX`,
      },
    ];
  const checked = type === 'CONSTR_CHECK' || type === 'CONSTR_FOREIGN' || type === 'CONSTR_NOTNULL';
  if (checked && !constraint['skip_validation'])
    return [
      {
        rule: 'scans-table',
        table,
        says: `${name || 'a constraint'} is checked on every row: add it NOT VALID, and validate it in a later migration`,
      },
    ];
  return [];
}

function findInChange(table: string, command: Fields): Finding[] {
  const name = text(command['name']);
  const definition = fieldsOf(command['def']);
  switch (command['subtype']) {
    case 'AT_AddColumn':
      return findInColumn(table, fieldsOf(definition['ColumnDef']));
    case 'AT_AddConstraint':
      return findInConstraint(table, fieldsOf(definition['Constraint']));
    case 'AT_AlterColumnType':
      return [{ rule: 'rewrites-table', table, says: `another type of ${name} writes every row anew: add a column beside it` }];
    case 'AT_SetNotNull':
      return [{ rule: 'scans-table', table, says: `every row is asked for ${name}: add a check NOT VALID, validate it, then set it` }];
    case 'AT_DropColumn':
      return [
        {
          rule: 'breaks-running-code',
          table,
          says: `the version before still uses ${name}: drop it a release after the code has let go of it`,
        },
      ];
    default:
      return [];
  }
}

function findInIndex(index: Fields, transactional: boolean): Finding[] {
  const table = text(fieldsOf(index['relation'])['relname']);
  const name = text(index['idxname']);
  if (!index['concurrent']) return [{ rule: 'blocks-writes', table, says: `nobody can write while ${name} is made: make it concurrently` }];
  return transactional
    ? [
        {
          rule: 'not-concurrent-safe',
          table,
          says: `${name} cannot be made concurrently in a transaction: isTransactional() { return false; }`,
        },
      ]
    : [];
}

/** `drop table`, `drop index`; other things are looked up by no running statement. */
function findInDrop(drop: Fields): Finding[] {
  return listOf(drop['objects']).flatMap((object): Finding[] => {
    const name = lastName(fieldsOf(object['List'])['items']);
    if (drop['removeType'] === 'OBJECT_TABLE')
      return [
        {
          rule: 'breaks-running-code',
          table: name,
          says: `the version before still uses ${name}: drop it a release after the code has let go of it`,
        },
      ];
    if (drop['removeType'] === 'OBJECT_INDEX' && !drop['concurrent'])
      return [
        { rule: 'blocks-writes', table: name, says: `${name} is dropped under a lock that everybody waits for: drop it concurrently` },
      ];
    return [];
  });
}

function findInStatement(statement: Node, transactional: boolean): Finding[] {
  const [kind, fields] = Object.entries(statement)[0]!;
  const table = text(fieldsOf(fields['relation'])['relname']);
  switch (kind) {
    case 'IndexStmt':
      return findInIndex(fields, transactional);
    case 'DropStmt':
      return findInDrop(fields);
    case 'AlterTableStmt':
      return listOf(fields['cmds']).flatMap((command) => findInChange(table, fieldsOf(command['AlterTableCmd'])));
    case 'RenameStmt':
      return ['OBJECT_TABLE', 'OBJECT_COLUMN'].includes(text(fields['renameType']))
        ? [
            {
              rule: 'breaks-running-code',
              table,
              says: `the version before knows ${text(fields['subname']) || table} by its old name: add the new beside it`,
            },
          ]
        : [];
    case 'LockStmt':
    case 'TruncateStmt':
    case 'ClusterStmt':
    case 'VacuumStmt':
    case 'ReindexStmt':
      return [{ rule: 'blocks-writes', table, says: 'it takes the table from everybody who uses it' }];
    case 'UpdateStmt':
    case 'DeleteStmt':
      return [
        {
          rule: 'changes-every-row',
          table,
          says: `rows of ${table} are locked until all are changed: change them in steps, from the running service`,
        },
      ];
    default:
      return [];
  }
}

/** What somebody would notice who uses a table while a migration changes it; new tables are nobody's yet. */
export async function findLocks({ queries, transactional }: MigrationText): Promise<Finding[]> {
  const perQuery = await Promise.all(
    queries.map(async (query) => listOf((await parse(query)).stmts).map(({ stmt }) => stmt as unknown as Node)),
  );
  const made = tablesMade(perQuery.flat());
  const several = transactional ? [] : perQuery.filter((statements) => statements.length > 1);
  return [
    ...perQuery.flat().flatMap((statement) => findInStatement(statement, transactional)),
    ...several.map((): Finding => ({
      rule: 'not-concurrent-safe',
      table: '',
      says: 'statements of one query are one transaction: a query for each',
    })),
  ].filter(({ table }) => !made.has(table));
}
