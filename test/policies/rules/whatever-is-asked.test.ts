/** Properties of every disclosure, however it is asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisclosureFacts } from '../../../policies/disclosure.ts';
import { GROUNDS, IMMIGRATION_PURPOSES, RECIPIENTS } from '../../../policies/editions/disclosure-grounds.ts';
import { clauseById } from '../../../policies/editions/all-clauses.ts';
import { PUBLISHED_EDITIONS } from '../../../policies/editions/index.ts';
import { plusHours } from '../../../policies/instant.ts';
import { approval, asked, disclosure, momentOf, under, without } from '../disclosure-facts.ts';
import { day, NOW } from '../facts.ts';

const anyCase = fc.record({
  edition: fc.constantFrom(...PUBLISHED_EDITIONS.map(({ id }) => id)),
  recipient: fc.constantFrom(...RECIPIENTS.map(({ kind }) => kind)),
  ground: fc.constantFrom(...GROUNDS.map(({ id }) => id), 'none' as const),
  content: fc.constantFrom('original', 'redacted-copy', 'anonymized-count'),
});
const EVIDENCE_FIELDS = ['identity', 'affiliation', 'lawfulness', 'basis', 'officerDecision', 'agreement'] as const;

/** The same with one optional field less, at any depth: each is evidence somebody supplied. */
function oneLess(facts: DisclosureFacts): readonly DisclosureFacts[] {
  const basis = facts.basis && Object.keys(facts.basis).filter((name) => name !== 'ground' && name !== 'people');
  const recipient = Object.keys(facts.recipient).filter((name) => name !== 'kind');
  return [
    ...EVIDENCE_FIELDS.filter((field) => field in facts).map((field) => without(facts, field)),
    ...(basis ?? []).map((name) => ({ ...facts, basis: without(facts.basis!, name as never) as never })),
    ...recipient.map((name) => ({ ...facts, recipient: without(facts.recipient, name as never) as never })),
    ...(facts.immigration.otherPurpose ? [{ ...facts, immigration: without(facts.immigration, 'otherPurpose') }] : []),
  ];
}

describe('whatever is asked', () => {
  it('immigration enforcement is never allowed, nor does it ever need only something more', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.constantFrom(...IMMIGRATION_PURPOSES.map(({ id }) => id), 'an answer nobody foresaw' as never),
        fc.boolean(),
        fc.option(fc.string(), { nil: undefined }),
        fc.subarray([...EVIDENCE_FIELDS]),
        ({ edition, recipient, ground, content }, furthers, recipientEnforces, otherPurpose, gone) => {
          const now = momentOf(edition);
          const immigration = { furthers, recipientEnforces, ...(otherPurpose === undefined ? {} : { otherPurpose }) };
          const facts = without(
            { ...disclosure(recipient, ground, now), content, immigration },
            ...gone,
          ) as DisclosureFacts;
          expect(asked(facts, under(edition), now)).toMatchObject({ kind: 'refused', stop: 'immigration' });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('taking evidence away never turns a refusal or a need into permission', () => {
    const spoilt = fc.constantFrom<Partial<DisclosureFacts>>(
      {},
      { officerDecision: { ...approval('mission', NOW), answer: 'decline' } },
      {
        basis: {
          ground: 'welfare',
          investigation: { reference: 'W', byCityAgency: false, open: false, about: 'other' },
        },
      },
      { basis: { ground: 'city-interest', preApproval: { preApprovalId: 'P', approvedAt: NOW, covers: [] } } },
      { agreement: { kind: 'agreement', agreementId: 'A', until: day('2020-01-01') } },
      { recipient: { kind: 'news-media', purpose: 'other' } },
      { immigration: { furthers: 'no', recipientEnforces: true, otherPurpose: 'a homicide in two states' } },
      { lawfulness: { outcome: 'unlawful', because: 'no', byId: 'P', at: plusHours(NOW, -1) } },
    );
    fc.assert(
      fc.property(anyCase, spoilt, ({ edition, recipient, ground, content }, change) => {
        const now = NOW;
        const facts = { ...disclosure(recipient, ground, now), content, ...change };
        if (asked(facts, under(edition), now).kind === 'allowed') return;
        for (const less of oneLess(facts)) expect(asked(less, under(edition), now).kind).not.toBe('allowed');
      }),
      { numRuns: 1000 },
    );
  });

  it('every clause it names exists and is of the edition, of the law or of the house', () => {
    fc.assert(
      fc.property(anyCase, fc.subarray([...EVIDENCE_FIELDS]), ({ edition, recipient, ground }, gone) => {
        const now = momentOf(edition);
        const answer = asked(
          without(disclosure(recipient, ground, now), ...gone) as DisclosureFacts,
          under(edition),
          now,
        );
        const prefix = PUBLISHED_EDITIONS.find(({ id }) => id === edition)!.breachReport.clause.split('-')[0]!;
        const named = answer.kind === 'refused' ? answer.because.map(({ clause }) => clause) : answer.clauses;
        for (const id of named) {
          expect(clauseById(id), id).toBeDefined();
          expect(id).toMatch(new RegExp(`^(${prefix}|nyc|house)-`));
        }
      }),
    );
  });
});
