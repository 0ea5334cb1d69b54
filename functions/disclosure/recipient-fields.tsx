/**
 * What is asked of a recipient by its kind, and how the answers are read: a form shows one kind's questions and no other's.
 * Each question's name is the field that the rules point at.
 */
import type { Recipient, VendorStanding } from '../../policies/disclosure.ts';
import type { RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import { Choices, Notice, Select, TextArea, TextField } from '../edge/fields.tsx';
import type { Filling } from './disclosure-form.tsx';
import {
  PATHS,
  PROCEEDING_CHOICES,
  PURPOSE_CHOICES,
  SEARCHED_THROUGH,
  SEARCHES,
  VENDOR_CHECKS,
  YES_NO,
} from './labels.ts';
import { MOST, type Answers } from './typed-answers.ts';

/** The ids of each kind's questions. */
export const RECIPIENT_FIELDS: Readonly<Record<RecipientKind, readonly string[]>> = {
  prosecutor: ['matter', 'hasJurisdiction'],
  'law-enforcement': ['path', 'reliedOn', 'proceeding'],
  'city-agency': ['path', 'reliedOn', 'proceeding'],
  'person-or-guardian': [],
  'community-leader': ['purpose'],
  'civic-organization': ['purpose'],
  'news-media': ['purpose'],
  vendor: ['standing', 'duty', 'contractEndsOn', 'vendorChecks'],
  'agency-unit': ['dutyReason'],
  'new-jersey-agent': ['search', 'through', 'authorizedAgent'],
};

export function recipientIn(answers: Answers, kind: RecipientKind): Recipient {
  switch (kind) {
    case 'prosecutor':
      return prosecutorIn(answers);
    case 'law-enforcement':
    case 'city-agency':
      return agencyIn(answers, kind);
    case 'person-or-guardian':
      return { kind };
    case 'community-leader':
    case 'civic-organization':
    case 'news-media': {
      const purpose = answers.choice('purpose', PURPOSE_CHOICES);
      return { kind, ...(purpose && { purpose }) };
    }
    case 'vendor':
      return vendorIn(answers);
    case 'agency-unit': {
      const dutyReason = answers.maybe('dutyReason');
      return { kind, ...(dutyReason && { dutyReason }) };
    }
    case 'new-jersey-agent':
      return searchIn(answers);
  }
}

function prosecutorIn(answers: Answers): Recipient {
  const caseNumber = answers.maybe('matter', MOST.line);
  const jurisdiction = answers.choice('hasJurisdiction', YES_NO);
  if (caseNumber && !jurisdiction)
    answers.refuse('hasJurisdiction', 'no answer', 'whether this prosecutor has jurisdiction', 'choose one');
  return {
    kind: 'prosecutor',
    ...(caseNumber && jurisdiction && { matter: { caseNumber, hasJurisdiction: jurisdiction === 'yes' } }),
  };
}

/** Only what the chosen path asks for is read. */
function agencyIn(answers: Answers, kind: 'law-enforcement' | 'city-agency'): Recipient {
  const path = answers.choice('path', PATHS);
  if (path === 'their-request') return { kind, path: { kind: path, reliedOn: answers.text('reliedOn') } };
  if (path === 'our-offer') {
    const proceeding = answers.mustChoose('proceeding', PROCEEDING_CHOICES, 'the proceeding it is offered for');
    if (proceeding) return { kind, path: { kind: path, proceeding } };
  }
  return { kind };
}

function vendorIn(answers: Answers): Recipient {
  const contractId = answers.text('standing', MOST.line);
  const duty = answers.text('duty');
  const contractEndsOn = answers.day('contractEndsOn');
  const held = answers.several('vendorChecks', VENDOR_CHECKS);
  if (!contractId && !duty) return { kind: 'vendor' };
  const checks = Object.fromEntries(VENDOR_CHECKS.map(({ value }) => [value, held.includes(value)])) as Pick<
    VendorStanding,
    (typeof VENDOR_CHECKS)[number]['value']
  >;
  return { kind: 'vendor', standing: { contractId, duty, ...(contractEndsOn && { contractEndsOn }), ...checks } };
}

function searchIn(answers: Answers): Recipient {
  const kind = 'new-jersey-agent';
  const what = answers.choice('search', SEARCHES);
  if (!what) return { kind };
  const through = answers.mustChoose('through', SEARCHED_THROUGH, 'what is searched through');
  const authorized = answers.mustChoose('authorizedAgent', YES_NO, 'whether the agent is authorized');
  return through && authorized ? { kind, search: { what, through, authorizedAgent: authorized === 'yes' } } : { kind };
}

export function RecipientFields({ kind, filling }: { kind: RecipientKind; filling: Filling }) {
  switch (kind) {
    case 'prosecutor':
      return <ProsecutorFields filling={filling} />;
    case 'law-enforcement':
    case 'city-agency':
      return <AgencyFields filling={filling} />;
    case 'person-or-guardian':
      return (
        <p>
          Under “The ground”, enter in which capacity each person is in it and who signed the written consent: the
          person, or for a minor or someone not legally competent a parent or legal guardian.
        </p>
      );
    case 'community-leader':
    case 'civic-organization':
    case 'news-media':
      return <Choices {...filling.needed('purpose')} label="What they want it for" options={PURPOSE_CHOICES} />;
    case 'vendor':
      return <VendorFields filling={filling} />;
    case 'agency-unit':
      return (
        <TextArea
          {...filling.needed('dutyReason')}
          label="The lawful duty of the other unit that needs it"
          hint="Inside the department no ground is asked for, but a duty is."
          maxlength={MOST.text}
        />
      );
    case 'new-jersey-agent':
      return <SearchFields filling={filling} />;
  }
}

function ProsecutorFields({ filling }: { filling: Filling }) {
  return (
    <>
      <TextField {...filling.needed('matter')} label="Number of the criminal case" width="lg" maxlength={MOST.line} />
      <Choices
        {...filling.needed('hasJurisdiction')}
        label="Does this prosecutor have jurisdiction over it?"
        options={YES_NO}
      />
      <Notice heading="It goes on to the defense">
        <p>The prosecutor gives what is relevant to the defendant, under the laws of criminal discovery.</p>
      </Notice>
    </>
  );
}

function AgencyFields({ filling }: { filling: Filling }) {
  return (
    <>
      <Choices {...filling.needed('path')} label="How it comes about" options={PATHS} />
      <TextArea
        {...filling.needed('reliedOn')}
        label="If they asked: the law, regulation or policy they rely on"
        rows={2}
        maxlength={MOST.text}
      />
      <Select
        {...filling.needed('proceeding')}
        label="If we offer it: the proceeding it is for"
        options={PROCEEDING_CHOICES}
      />
    </>
  );
}

function VendorFields({ filling }: { filling: Filling }) {
  return (
    <>
      <TextField {...filling.needed('standing')} label="Number of the contract" width="lg" maxlength={MOST.line} />
      <TextArea
        {...filling.needed('duty')}
        label="The duty of the contract that needs this"
        rows={2}
        maxlength={MOST.text}
      />
      <TextField
        {...filling.field('contractEndsOn')}
        label="Last day of the contract"
        hint="Leave it empty when it is open."
        type="date"
        width="md"
      />
      <Choices
        {...filling.needed('vendorChecks')}
        label="What is on file about the vendor"
        hint="Check what is so. Without all of these, except where nothing is sensitive, it gets nothing."
        many
        value={filling.texts('vendorChecks')}
        options={VENDOR_CHECKS}
      />
    </>
  );
}

function SearchFields({ filling }: { filling: Filling }) {
  return (
    <>
      <p>Of plate readers only: an authorized agent may have one specific plate searched, and nothing else.</p>
      <Choices {...filling.needed('search')} label="What is searched for" options={SEARCHES} />
      <Choices {...filling.needed('through')} label="Through what" options={SEARCHED_THROUGH} />
      <Choices
        {...filling.needed('authorizedAgent')}
        label="Is it an authorized agent of New Jersey law enforcement?"
        options={YES_NO}
      />
    </>
  );
}
