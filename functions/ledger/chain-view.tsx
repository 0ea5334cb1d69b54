/** One subject's chain in plain words, with what verifies it. */
import type { Actor, LedgerEntry } from '../records/ledger.ts';
import { Facts, Notice, Timeline } from '../edge/fields.tsx';
import type { Chain } from './read-chain.ts';

export function ChainView({ chain }: { chain: Chain }) {
  const { entries, breaks, recordFits, names } = chain;
  return (
    <>
      {breaks.length === 0 ? (
        <Notice kind="success" heading="This chain holds">
          <p>
            {entries.length === 1
              ? 'Its one entry still has the hash it was written with.'
              : `All ${entries.length} entries still have the hash they were written with, each follows the one before, and none is missing.`}
          </p>
        </Notice>
      ) : (
        <Notice kind="error" heading="This chain does not hold">
          <ul class="usa-list">
            {breaks.map(({ seq, what }) => (
              <li>
                {seq !== undefined && `Entry ${seq}: `}
                {what}.
              </li>
            ))}
          </ul>
          <p>Do not change anything. Tell the integrity control officer at once.</p>
        </Notice>
      )}
      {recordFits === false && (
        <Notice kind="warning" heading="The record is not as this chain last had it">
          <p>
            It was changed in a change that another chain tells, or outside the ledger. The verification of all chains
            together tells which.
          </p>
        </Notice>
      )}
      <Timeline label="Entries of the chain" entries={entries.map((entry) => entryOf(entry, names))} />
    </>
  );
}

function entryOf(entry: LedgerEntry, names: ReadonlyMap<string, string>) {
  const { at, act, by, clauses, edition, seq, hash, prev, after, facts = {} } = entry;
  return {
    at,
    what: capital(act),
    who: actorText(by, names),
    ...(clauses && { clauses }),
    detail: (
      <>
        {(Object.keys(facts).length > 0 || edition) && (
          <Facts
            items={[
              edition !== undefined && ['Policy edition', edition],
              ...Object.entries(facts).map(([name, value]) => [wordsOf(name), valueText(value)] as const),
            ]}
          />
        )}
        <details>
          <summary>Entry {seq} and its hashes</summary>
          <Facts
            items={[
              ['Hash', <code>{hash}</code>],
              ['Hash of the entry before', <code>{prev}</code>],
              ...Object.entries(after).map(([key, value]) => [key, <code>{value}</code>] as const),
            ]}
          />
        </details>
      </>
    ),
  };
}

function actorText(by: Actor, names: ReadonlyMap<string, string>): string {
  if (by.kind === 'person') return names.has(by.id) ? `${names.get(by.id)} (${by.id})` : by.id;
  return by.kind === 'external' ? `From outside: ${by.id}` : `The system: ${by.id}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A fact's name as words: `sessionsEnded` is 'Sessions ended'. */
const wordsOf = (name: string): string =>
  capital(name.replaceAll(/([a-z])([A-Z])/g, (_, before: string, next: string) => `${before} ${next.toLowerCase()}`));

function valueText(value: string | number | boolean | readonly string[]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(', ') || 'none' : String(value);
}
