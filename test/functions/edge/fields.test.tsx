/** Form fields: what ties a label, a hint and an error to its field, and what time is left. */
import { describe, expect, it } from 'vitest';
import {
  Choices,
  DateTimeFields,
  ErrorSummary,
  errorOf,
  Facts,
  TextField,
  Timeline,
  timeLeftText,
} from '../../../functions/edge/fields.tsx';
import { instantOf, plusMinutes } from '../../../policies/instant.ts';

const REFUSAL = {
  clause: 'XR26-USE-05',
  field: 'graveRisk',
  found: 'nothing',
  expected: 'at least 10 characters',
  todo: 'say more',
};

describe('a field', () => {
  it('is tied to its label, its hint and its error', () => {
    const html = String(
      <TextField name="place" label="Place" hint="Where" error="No place" required value={'"><script>'} />,
    );
    expect(html).toContain('<label class="usa-label usa-label--error" for="place">Place</label>');
    expect(html).toMatch(
      /<input[^>]* id="place" name="place" required="" aria-describedby="place-hint place-error" aria-invalid="true"/,
    );
    expect(html).toContain('<span class="usa-sr-only">Error: </span>No place');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
  });

  it('says when it is optional', () => expect(String(<TextField name="a" label="A" />)).toContain('(optional)'));

  it('with choices has a legend, and the summary leads to its first choice', () => {
    const html = String(
      <Choices
        name="kind"
        label="Kind"
        required
        options={[
          { value: 'a', label: 'A' },
          { value: 'b', label: 'B' },
        ]}
        value="b"
      />,
    );
    expect(html).toContain('<legend class="usa-legend">Kind</legend>');
    expect(html).toMatch(/id="kind" name="kind" value="a" required/);
    expect(html).toMatch(/id="kind-2" name="kind" value="b" checked/);
  });

  it('for a date and a time posts both and leads to the date', () => {
    const html = String(<DateTimeFields name="startsAt" label="Begins" date="2026-11-24" time="15:00" />);
    expect(html).toMatch(/type="date" id="startsAt" name="startsAtDate" value="2026-11-24"/);
    expect(html).toMatch(/type="time" id="startsAtTime" name="startsAtTime" value="15:00"/);
  });
});

describe('what is in the way', () => {
  it('is said in one sentence with its clause, and leads to its field', () => {
    const html = String(<ErrorSummary refusals={[REFUSAL]} fields={['graveRisk']} />);
    expect(html).toContain('<a href="#graveRisk">Found nothing; expected at least 10 characters. Say more.</a>');
    expect(html).toContain('href="/policy/clauses/XR26-USE-05"');
    expect(errorOf([REFUSAL], 'graveRisk')).toBe('Found nothing; expected at least 10 characters. Say more.');
  });

  it('leads nowhere when it is not about a field of the form', () =>
    expect(String(<ErrorSummary refusals={[REFUSAL]} fields={['other']} />)).not.toContain('href="#'));
  it('is silent when there is nothing', () => expect(String(<ErrorSummary refusals={[]} />)).toBe(''));
});

describe('the time that is left', () => {
  const now = instantOf('2026-11-24T15:00:00Z');
  it.each([
    [0, 'due now'],
    [1, '1 minute left'],
    [59, '59 minutes left'],
    [60, '1 hour left'],
    [125, '2 hours 5 minutes left'],
    [1440, '1 day left'],
    [3061, '2 days 3 hours left'],
    [-61, '1 hour 1 minute late'],
  ])('of %i minutes is written %j', (minutes, text) => expect(timeLeftText(plusMinutes(now, minutes), now)).toBe(text));
});

describe('a story', () => {
  it('marks where it stands and what is ahead', () => {
    const html = String(
      <Timeline entries={[{ what: 'Asked' }, { what: 'Decide', state: 'now' }, { what: 'Deploy', state: 'ahead' }]} />,
    );
    expect(html).toContain('aria-current="step"');
    expect(html).toContain('<span class="usa-sr-only"> (still ahead)</span>');
  });

  it('leaves out facts that are not known', () =>
    expect(String(<Facts items={[['A', 'x'], ['B', undefined], false]} />)).toBe(
      '<dl class="pa-facts"><div><dt>A</dt><dd>x</dd></div></dl>',
    ));
});
