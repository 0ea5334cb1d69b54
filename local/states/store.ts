/**
 * The tables of the runner: machines with their revisions, versions and aliases; executions with their strands
 * (see execution/strand.ts) and history; task tokens and activities.
 *
 * A revision is never changed, so an execution that names its revision keeps the definition it began with.
 * Times are ms since 1970 (UTC). Everything structured is JSON text.
 */
import type { Journal } from '../journal.ts';
import type { Json } from './language.ts';

export interface MachineRow {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly created: number;
  /** Which row of states_revisions is current. */
  readonly revision: number;
  readonly next_version: number;
  /** `{logging, tracing}` as they were given. */
  readonly options: string;
  readonly tags: string;
}

export interface RevisionRow {
  readonly id: number;
  readonly machine: string;
  /** Empty for the revision a machine was created with, which the API does not show. */
  readonly uid: string;
  readonly definition: string;
  readonly role: string;
  readonly created: number;
}

export interface VersionRow {
  readonly machine: string;
  readonly number: number;
  readonly revision: number;
  readonly description: string | null;
  readonly created: number;
}

export interface AliasRow {
  readonly arn: string;
  readonly machine: string;
  readonly name: string;
  readonly description: string | null;
  /** `[{stateMachineVersionArn, weight}]`. */
  readonly routing: string;
  readonly created: number;
  readonly updated: number;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRow {
  readonly id: number;
  readonly arn: string;
  readonly machine: string;
  readonly machine_name: string;
  readonly name: string;
  readonly revision: number;
  /** The version or alias it was started through, if any. */
  readonly version_arn: string | null;
  readonly alias_arn: string | null;
  readonly status: ExecutionStatus;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly started: number;
  readonly stopped: number | null;
  readonly redrives: number;
  readonly redriven: number | null;
  readonly trace: string | null;
  /** The task that waits for this execution: `{execution, strand, request}`, or null. */
  readonly link: string | null;
}

export interface EventRow {
  readonly id: number;
  readonly previous: number;
  readonly at: number;
  readonly type: string;
  /** The event's details with the name of their field: `["taskFailedEventDetails", {...}]`, or null. */
  readonly details: string | null;
}

export interface TokenRow {
  readonly token: string;
  readonly execution: number;
  readonly strand: number;
}

/** The items of a Map stand apart from its strand, which is written anew with each child that begins or ends. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS states_machines (arn TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, created INTEGER NOT NULL,
    revision INTEGER NOT NULL, next_version INTEGER NOT NULL, options TEXT NOT NULL, tags TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS states_revisions (id INTEGER PRIMARY KEY, machine TEXT NOT NULL, uid TEXT NOT NULL, definition TEXT NOT NULL,
    role TEXT NOT NULL, created INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS states_versions (machine TEXT, number INTEGER, revision INTEGER NOT NULL, description TEXT, created INTEGER NOT NULL,
    PRIMARY KEY (machine, number));
  CREATE TABLE IF NOT EXISTS states_aliases (arn TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, description TEXT, routing TEXT NOT NULL,
    created INTEGER NOT NULL, updated INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS states_executions (id INTEGER PRIMARY KEY, arn TEXT UNIQUE NOT NULL, machine TEXT NOT NULL, machine_name TEXT NOT NULL,
    name TEXT NOT NULL, revision INTEGER NOT NULL, version_arn TEXT, alias_arn TEXT, status TEXT NOT NULL, input TEXT NOT NULL, output TEXT,
    error TEXT, cause TEXT, started INTEGER NOT NULL, stopped INTEGER, redrives INTEGER NOT NULL, redriven INTEGER, trace TEXT, link TEXT);
  CREATE INDEX IF NOT EXISTS states_executions_machine ON states_executions (machine, id);
  CREATE INDEX IF NOT EXISTS states_executions_running ON states_executions (status) WHERE status = 'RUNNING';
  CREATE TABLE IF NOT EXISTS states_strands (execution INTEGER, id INTEGER, strand TEXT NOT NULL, items TEXT, PRIMARY KEY (execution, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS states_items (execution INTEGER, strand INTEGER, items TEXT NOT NULL, PRIMARY KEY (execution, strand));
  INSERT OR IGNORE INTO states_items SELECT execution, id, items FROM states_strands WHERE items IS NOT NULL;
  UPDATE states_strands SET items = NULL WHERE items IS NOT NULL;
  CREATE TABLE IF NOT EXISTS states_events (execution INTEGER, id INTEGER, previous INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, details TEXT,
    PRIMARY KEY (execution, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS states_tokens (token TEXT PRIMARY KEY, execution INTEGER NOT NULL, strand INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS states_activities (arn TEXT PRIMARY KEY, name TEXT NOT NULL, created INTEGER NOT NULL, tags TEXT NOT NULL);`;

export class Store {
  readonly journal: Journal;

  constructor(journal: Journal) {
    this.journal = journal;
    journal.define(SCHEMA);
  }

  machine(arn: string): MachineRow | undefined {
    return this.journal.get<MachineRow>('SELECT * FROM states_machines WHERE arn = ?', arn);
  }

  revision(id: number): RevisionRow {
    return this.journal.get<RevisionRow>('SELECT * FROM states_revisions WHERE id = ?', id)!;
  }

  version(machine: string, number: number): VersionRow | undefined {
    return this.journal.get<VersionRow>(
      'SELECT * FROM states_versions WHERE machine = ? AND number = ?',
      machine,
      number,
    );
  }

  alias(arn: string): AliasRow | undefined {
    return this.journal.get<AliasRow>('SELECT * FROM states_aliases WHERE arn = ?', arn);
  }

  execution(arn: string): ExecutionRow | undefined {
    return this.journal.get<ExecutionRow>('SELECT * FROM states_executions WHERE arn = ?', arn);
  }

  executionById(id: number): ExecutionRow | undefined {
    return this.journal.get<ExecutionRow>('SELECT * FROM states_executions WHERE id = ?', id);
  }

  running(): ExecutionRow[] {
    return this.journal.all<ExecutionRow>(`SELECT * FROM states_executions WHERE status = 'RUNNING' ORDER BY id`);
  }

  token(token: string): TokenRow | undefined {
    return this.journal.get<TokenRow>('SELECT * FROM states_tokens WHERE token = ?', token);
  }

  addRevision(machine: string, uid: string, definition: string, role: string, created: number): number {
    this.journal.run(
      'INSERT INTO states_revisions (machine, uid, definition, role, created) VALUES (?, ?, ?, ?, ?)',
      machine,
      uid,
      definition,
      role,
      created,
    );
    return this.journal.get<{ id: number }>('SELECT last_insert_rowid() AS id')!.id;
  }

  addExecution(
    row: Omit<ExecutionRow, 'id' | 'status' | 'output' | 'error' | 'cause' | 'stopped' | 'redrives' | 'redriven'>,
  ): ExecutionRow {
    this.journal.run(
      `INSERT INTO states_executions (arn, machine, machine_name, name, revision, version_arn, alias_arn, status, input, started, redrives, trace, link)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, 0, ?, ?)`,
      row.arn,
      row.machine,
      row.machine_name,
      row.name,
      row.revision,
      row.version_arn,
      row.alias_arn,
      row.input,
      row.started,
      row.trace,
      row.link,
    );
    return this.execution(row.arn)!;
  }

  /** Makes an old name free again. */
  forgetExecution(id: number): void {
    for (const table of ['states_events', 'states_tokens', 'states_strands', 'states_items'])
      this.journal.run(`DELETE FROM ${table} WHERE execution = ?`, id);
    this.journal.run('DELETE FROM states_executions WHERE id = ?', id);
  }

  keepToken(token: string, execution: number, strand: number): void {
    this.journal.run('INSERT INTO states_tokens VALUES (?, ?, ?)', token, execution, strand);
  }

  /** The items of each Map in progress, by strand. */
  itemsOf(execution: number): [strand: number, items: readonly Json[]][] {
    return this.journal
      .all<{ strand: number; items: string }>('SELECT strand, items FROM states_items WHERE execution = ?', execution)
      .map(({ strand, items }) => [strand, JSON.parse(items) as Json[]]);
  }

  keepItems(execution: number, strand: number, items: readonly Json[]): void {
    this.journal.run(
      'INSERT INTO states_items VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET items = excluded.items',
      execution,
      strand,
      JSON.stringify(items),
    );
  }
}
