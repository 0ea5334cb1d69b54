/** The interface on a real table, and a bucket in memory: asked as the HTTP API asks it, with the token already checked. */
import { createHash } from 'node:crypto';
import { caseInterface, type InterfaceNeeds } from '../../../functions/case/case-interface.ts';
import { newId } from '../../../functions/edge/system.ts';
import type { FileFound, Files } from '../../../functions/records/files.ts';
import { instantOf, type Instant } from '../../../policies/instant.ts';
import { startTable, type TestTable } from '../../records-table.ts';

export const ALL = 'cases/write cases/read records/write';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Versions by key, newest last. */
export class Bucket {
  readonly versions = new Map<string, (FileFound & { readonly content: string; readonly tags?: object })[]>();

  arrive(key: string, content: string): void {
    const there = this.versions.get(key) ?? [];
    const found = {
      key,
      versionId: `v${there.length + 1}`,
      bytes: content.length,
      notes: {},
      legalHold: false,
      content,
    };
    this.versions.set(key, [...there, found]);
  }

  readonly files: InterfaceNeeds['files'] = {
    head: async (key) => this.versions.get(key)?.at(-1),
    hashOf: async ({ key, versionId }) => hashOf(this.#of(key, versionId).content),
    copyHeld: async ({ from, toKey, notes = {}, tags }) => {
      const { content, bytes } = this.#of(from.key, from.versionId);
      const there = this.versions.get(toKey) ?? [];
      const copy = { key: toKey, versionId: `v${there.length + 1}`, bytes, notes, legalHold: true, content, tags };
      this.versions.set(toKey, [...there, copy]);
      return { key: toKey, versionId: copy.versionId, sha256: hashOf(content) };
    },
    setLegalHold: async () => undefined,
  } satisfies Partial<Files>;

  #of(key: string, versionId: string) {
    return this.versions.get(key)!.find((one) => one.versionId === versionId)!;
  }
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export class Interface {
  readonly table: TestTable;
  readonly bucket = new Bucket();
  readonly logged: Readonly<Record<string, unknown>>[] = [];
  now: Instant = instantOf('2026-11-24T15:00:00Z');
  /** What the next requests find instead of the table, such as one that is busy. */
  needs: InterfaceNeeds;

  constructor(table: TestTable) {
    this.table = table;
    this.needs = {
      records: table.records,
      files: this.bucket.files,
      uploads: {
        form: async ({ key, bytes }) => ({ url: 'https://bucket.example', fields: { key, bytes: `${bytes}` } }),
      },
      now: () => this.now,
      newId,
      site: 'https://postact.example',
      tokenUrl: 'https://sign-in.example/oauth2/token',
    };
  }

  get records() {
    return this.table.records;
  }

  /** `scope` undefined: nobody checked a token. */
  async ask(method: string, path: string, sent?: unknown, { scope = ALL as string | undefined, headers = {} } = {}) {
    const body = sent === undefined ? undefined : typeof sent === 'string' ? sent : JSON.stringify(sent);
    return this.askRaw(
      path,
      {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body }),
      },
      scope === undefined ? {} : checked({ scope }),
    );
  }

  async askRaw(path: string, init: RequestInit, event: object): Promise<Answer> {
    const app = caseInterface(
      () => this.needs,
      (line) => this.logged.push(line),
    );
    const answer = await app.request(path, init, { event });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  tell(caseNumber: string, eventId: string, event: object): Promise<Answer> {
    return this.ask('PUT', `/api/v1/cases/${caseNumber}/events/${eventId}`, event);
  }
}

/** The event as the HTTP API gives it once its authorizer has let a token pass. */
export const checked = (claims: object) => ({
  requestContext: {
    authorizer: { jwt: { claims: { client_id: 'cms', token_use: 'access', ...claims }, scopes: null } },
  },
});

export async function startInterface(): Promise<Interface> {
  return new Interface(await startTable());
}

export const fieldsOf = ({ body }: Answer): readonly string[] =>
  ((body['errors'] ?? []) as readonly { readonly field: string }[]).map(({ field }) => field);
