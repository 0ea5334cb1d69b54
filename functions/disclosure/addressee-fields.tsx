/** Who gets it, by name and address, and what has to be known of every outside recipient. */
import type { ImmigrationFacts } from '../../policies/disclosure.ts';
import type { RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import { Choices, Select, TextArea, TextField } from '../edge/fields.tsx';
import type { Addressee } from './contract.ts';
import type { Filling } from './disclosure-form.tsx';
import { AGENCIES, YES_NO } from './labels.ts';
import { MOST, type Answers } from './typed-answers.ts';

export const ADDRESSEE_FIELDS = [
  'addresseeName',
  'organization',
  'email',
  'askedOn',
  'agency',
  'government',
  'iceOrCbp',
  'recipientEnforces',
  'otherPurpose',
  'taskForce',
  'departmentAloneControls',
  'furthersCriminalInvestigation',
];

const kinds = (...of: readonly RecipientKind[]): ReadonlySet<RecipientKind> => new Set(of);

/** Which kinds are asked what; where nothing is asked, the kind itself says it. */
const GOVERNMENTS = kinds('prosecutor', 'law-enforcement', 'city-agency', 'agency-unit', 'new-jersey-agent');
const ASKED_GOVERNMENT = kinds('community-leader', 'civic-organization', 'vendor');
const ASKED_AGENCY = kinds('prosecutor', 'law-enforcement');
const ASKED_ENFORCES = kinds('prosecutor', 'law-enforcement', 'city-agency', 'vendor', 'new-jersey-agent');
const NOT_ASKED_ICE = kinds('person-or-guardian', 'agency-unit');

const ICE_CBP = 'nyc-14-188-g-1-ice-cbp';
const REGISTER = 'nyc-14-188-g-1';

export function addresseeIn(answers: Answers, kind: RecipientKind): Addressee {
  const agency = agencyIn(answers, kind);
  // What this form does not ask and is answered all the same counts: no yes to either question is passed over.
  const ice = NOT_ASKED_ICE.has(kind)
    ? answers.choice('iceOrCbp', YES_NO, ICE_CBP)
    : answers.mustChoose('iceOrCbp', YES_NO, 'whether it is or acts for ICE or CBP', ICE_CBP);
  const iceOrCbp = ice === 'yes';
  const taskForce = iceOrCbp ? taskForceIn(answers) : undefined;
  return {
    name: answers.must('addresseeName', 'the name of who gets it', MOST.line),
    organization: kind !== 'person-or-guardian' ? answers.must('organization', 'whom they act for', MOST.line) : '',
    email: answers.address('email'),
    government:
      GOVERNMENTS.has(kind) ||
      (ASKED_GOVERNMENT.has(kind) &&
        answers.mustChoose('government', YES_NO, 'whether it is part of a government', REGISTER) === 'yes'),
    iceOrCbp,
    ...(taskForce && { taskForce }),
    ...(agency && { agency }),
  };
}

function agencyIn(answers: Answers, kind: RecipientKind): Addressee['agency'] {
  if (ASKED_AGENCY.has(kind)) return answers.mustChoose('agency', AGENCIES, 'whose agency it is');
  return kind === 'city-agency' ? 'other-local' : kind === 'new-jersey-agent' ? 'state' : undefined;
}

function taskForceIn(answers: Answers): Addressee['taskForce'] {
  if (answers.choice('taskForce', YES_NO, ICE_CBP) !== 'yes') return undefined;
  const alone = answers.mustChoose('departmentAloneControls', YES_NO, 'who controls the task force', ICE_CBP);
  const criminal = answers.mustChoose(
    'furthersCriminalInvestigation',
    YES_NO,
    'whether a criminal investigation is furthered',
    ICE_CBP,
  );
  return alone && criminal
    ? { departmentAloneControls: alone === 'yes', furthersCriminalInvestigation: criminal === 'yes' }
    : undefined;
}

/** Who is, or acts for, ICE or CBP has duties of immigration enforcement, whatever the other answer is. */
export function enforcementIn(
  answers: Answers,
  kind: RecipientKind,
  { iceOrCbp }: Pick<Addressee, 'iceOrCbp'>,
): Omit<ImmigrationFacts, 'furthers'> {
  const enforces = ASKED_ENFORCES.has(kind)
    ? answers.mustChoose('recipientEnforces', YES_NO, 'whether it has duties of immigration enforcement')
    : answers.choice('recipientEnforces', YES_NO);
  const otherPurpose = answers.maybe('otherPurpose');
  return { recipientEnforces: enforces === 'yes' || iceOrCbp, ...(otherPurpose && { otherPurpose }) };
}

const NAMES: Readonly<Partial<Record<RecipientKind, readonly [name: string, organization: string]>>> = {
  prosecutor: ['Name of the prosecutor', 'Office'],
  'law-enforcement': ['Name of who gets it', 'Agency'],
  'city-agency': ['Name of who gets it', 'Agency'],
  'person-or-guardian': ['Name of the person, or of the parent or guardian', ''],
  'community-leader': ['Name of the community leader', 'Community or office'],
  'civic-organization': ['Name of who gets it', 'Organization'],
  'news-media': ['Name of who gets it', 'Paper, station or outlet'],
  vendor: ['Name of who gets it', 'Company'],
  'agency-unit': ['Name of the member who gets it', 'Unit'],
  'new-jersey-agent': ['Name of the agent', 'Agency'],
};

export function AddresseeFields({ kind, filling }: { kind: RecipientKind; filling: Filling }) {
  const [name, organization] = NAMES[kind]!;
  return (
    <>
      <TextField {...filling.needed('addresseeName')} label={name} maxlength={MOST.line} />
      {kind !== 'person-or-guardian' && (
        <TextField {...filling.needed('organization')} label={organization} maxlength={MOST.line} />
      )}
      <TextField
        {...filling.needed('email')}
        label="Mail address"
        hint="The link and the one-time code go to this address only. Take it from a source of your own, not from the request."
        type="email"
        maxlength={MOST.line}
      />
      {kind !== 'agency-unit' && (
        <TextField
          {...filling.field('askedOn')}
          label="Day they asked"
          hint="Leave it empty when the department offers it."
          type="date"
          width="md"
        />
      )}
      {ASKED_AGENCY.has(kind) && <Select {...filling.needed('agency')} label="Whose agency it is" options={AGENCIES} />}
      {ASKED_GOVERNMENT.has(kind) && (
        <Choices {...filling.needed('government')} label="Is it part of a government?" options={YES_NO} />
      )}
      {!NOT_ASKED_ICE.has(kind) && <FederalFields kind={kind} filling={filling} />}
    </>
  );
}

const INSIDE = ['otherPurpose', 'taskForce', 'departmentAloneControls', 'furthersCriminalInvestigation'];

function FederalFields({ kind, filling }: { kind: RecipientKind; filling: Filling }) {
  const open =
    filling.text('iceOrCbp') === 'yes' || filling.text('recipientEnforces') === 'yes' || filling.wrongAmong(INSIDE);
  return (
    <>
      <Choices
        {...filling.needed('iceOrCbp')}
        label="Is it U.S. Immigration and Customs Enforcement or U.S. Customs and Border Protection, or does it act for one of them?"
        options={YES_NO}
      />
      {ASKED_ENFORCES.has(kind) && (
        <Choices
          {...filling.needed('recipientEnforces')}
          label="Is it, or does it act for, anyone with duties of immigration enforcement?"
          options={YES_NO}
        />
      )}
      <details class="pa-quiet" open={open}>
        <summary>If one of these is a yes: what else is asked</summary>
        <TextArea
          {...filling.needed('otherPurpose')}
          label="The other lawful purpose it is wanted for"
          hint="Without another purpose, stated here, it is stopped."
          rows={2}
          maxlength={MOST.text}
        />
        <Choices
          {...filling.needed('taskForce')}
          label="Does it go to a task force with members of theirs?"
          options={YES_NO}
        />
        <Choices
          {...filling.needed('departmentAloneControls')}
          label="Does the department alone control the task force?"
          options={YES_NO}
        />
        <Choices
          {...filling.needed('furthersCriminalInvestigation')}
          label="Does it further a criminal investigation of the task force?"
          options={YES_NO}
        />
      </details>
    </>
  );
}
