/**
 * Tags of state machines and activities.
 */
import { AwsError, type Caller } from '../../contract.ts';
import { readArn } from '../arn.ts';
import type { Store } from '../store.ts';
import { requireText, type Tag } from './wire.ts';

export class Tags {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  readonly operations = {
    TagResource: (input: { resourceArn: string; tags: readonly Tag[] }, caller: Caller) => this.#tag(input, caller),
    UntagResource: (input: { resourceArn: string; tagKeys: readonly string[] }, caller: Caller) =>
      this.#untag(input, caller),
    ListTagsForResource: (input: { resourceArn: string }, caller: Caller) => this.#list(input.resourceArn, caller),
  };

  #tag({ resourceArn, tags }: { resourceArn: string; tags: readonly Tag[] }, caller: Caller): object {
    caller.require('states:TagResource', resourceArn);
    const given = new Map(tags.map(({ key, value }) => [key, value]));
    this.#write(resourceArn, [
      ...this.#read(resourceArn).filter(({ key }) => !given.has(key)),
      ...[...given].map(([key, value]) => ({ key, value })),
    ]);
    return {};
  }

  #untag({ resourceArn, tagKeys }: { resourceArn: string; tagKeys: readonly string[] }, caller: Caller): object {
    caller.require('states:UntagResource', resourceArn);
    this.#write(
      resourceArn,
      this.#read(resourceArn).filter(({ key }) => !tagKeys.includes(key)),
    );
    return {};
  }

  #list(resourceArn: string, caller: Caller): object {
    caller.require('states:ListTagsForResource', resourceArn);
    return { tags: this.#read(resourceArn) };
  }

  #read(arn: string): Tag[] {
    const row = this.#store.journal.get<{ tags: string }>(`SELECT tags FROM ${tableOf(arn)} WHERE arn = ?`, arn);
    if (!row) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
    return JSON.parse(row.tags) as Tag[];
  }

  #write(arn: string, tags: readonly Tag[]): void {
    this.#store.journal.run(`UPDATE ${tableOf(arn)} SET tags = ? WHERE arn = ?`, JSON.stringify(tags), arn);
  }
}

function tableOf(arn: string): string {
  requireText(arn, 'resourceArn');
  return readArn(arn)[5] === 'activity' ? 'states_activities' : 'states_machines';
}
