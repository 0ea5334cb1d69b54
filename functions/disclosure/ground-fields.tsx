/**
 * The grounds of a disclosure, with what each asks for, and how the chosen one is read. What stands in a register is
 * picked from it; what is typed under another ground than the chosen one is left where it is and not read.
 */
import { GROUNDS, type GroundId, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import { Choices, Select, TextArea, TextField } from '../edge/fields.tsx';
import type { Basis } from './contract.ts';
import type { Filling, OnFile } from './disclosure-form.tsx';
import { ConsentFields, consentIn, consentNames } from './consent-fields.tsx';
import { EXEMPTIONS, GROUND_CHOICES, groundLabel, WELFARE_ABOUT, YES_NO } from './labels.ts';
import { MOST, type Answers } from './typed-answers.ts';

/** The ids of each ground's questions. */
export const GROUND_FIELDS: Readonly<Record<GroundId, readonly string[]>> = {
  consent: consentNames(),
  'required-by-law': ['law'],
  mission: ['mission'],
  'city-interest': ['preApproval'],
  routine: ['designation'],
  crime: ['caseNumber', 'credibleInformation'],
  welfare: ['investigation', 'byCityAgency', 'investigationOpen', 'welfareOf'],
  exigent: ['explanation', 'exemption'],
};

export function basisIn(answers: Answers, onFile: OnFile): Basis | undefined {
  const ground = answers.choice('basis', GROUND_CHOICES);
  const some = <Name extends string>(name: Name, text: string | undefined) =>
    (text ? { [name]: text } : {}) as { readonly [Key in Name]?: string };
  switch (ground) {
    case undefined:
      return undefined;
    case 'consent':
      return { ground, people: consentIn(answers) };
    case 'required-by-law':
      return { ground, ...some('law', answers.maybe('law')) };
    case 'mission':
      return { ground, ...some('how', answers.maybe('mission')) };
    case 'city-interest':
      return { ground, ...some('preApprovalId', answers.choice('preApproval', onFile.preApprovals)) };
    case 'routine':
      return { ground, ...some('designationId', answers.choice('designation', onFile.designations)) };
    case 'crime':
      return {
        ground,
        ...some('caseNumber', answers.maybe('caseNumber', MOST.line)),
        ...some('credibleInformation', answers.maybe('credibleInformation')),
      };
    case 'welfare':
      return welfareIn(answers);
    case 'exigent': {
      const exemption = answers.choice('exemption', EXEMPTIONS);
      return { ground, ...some('explanation', answers.maybe('explanation')), ...(exemption && { exemption }) };
    }
  }
}

function welfareIn(answers: Answers): Basis {
  const ground = 'welfare';
  const reference = answers.maybe('investigation', MOST.line);
  if (!reference) return { ground };
  const byCityAgency = answers.mustChoose('byCityAgency', YES_NO, 'whether a City agency investigates');
  const open = answers.mustChoose('investigationOpen', YES_NO, 'whether the investigation is open');
  const about = answers.mustChoose('welfareOf', WELFARE_ABOUT, 'whose welfare it is about');
  return byCityAgency && open && about
    ? { ground, investigation: { reference, byCityAgency: byCityAgency === 'yes', open: open === 'yes', about } }
    : { ground };
}

export function GroundFields(props: { kind: RecipientKind; filling: Filling; onFile: OnFile }) {
  const { filling, kind } = props;
  const chosen = filling.text('basis') || (kind === 'person-or-guardian' ? 'consent' : '');
  return (
    <>
      <h2>The ground</h2>
      <Choices
        {...filling.needed('basis')}
        value={chosen}
        label="On which ground may it leave?"
        hint="What identifies people leaves on one of these and on no other. A number that identifies nobody needs none."
        options={GROUND_CHOICES.map(({ value }) => ({ value, label: groundLabel(value), hint: ROUTE_HINTS[value] }))}
      />
      <p>Each ground asks for its own evidence. Open the one you chose; the others are not read.</p>
      {GROUNDS.map(({ id }) => (
        <details class="pa-quiet" id={`ground-${id}`} open={chosen === id || filling.wrongAmong(GROUND_FIELDS[id])}>
          <summary>{groundLabel(id)}: what it asks for</summary>
          <FieldsOf ground={id} {...props} />
        </details>
      ))}
    </>
  );
}

const OFFICER = 'The privacy officer signs it off.';

const ROUTE_HINTS: Readonly<Record<GroundId, string>> = {
  consent: OFFICER,
  'required-by-law': OFFICER,
  mission: OFFICER,
  'city-interest': 'City agencies only, by a pre-approval on file.',
  routine: 'By a routine designation that is valid that day.',
  crime: 'The case, or the credible information, is named.',
  welfare: 'The City agency’s open investigation is named.',
  exigent: 'In no policy, in the statute only: explained to the City’s Chief Privacy Officer afterwards.',
};

function FieldsOf({ ground, filling, onFile }: { ground: GroundId; filling: Filling; onFile: OnFile }) {
  const statement = (name: string, label: string) => (
    <TextArea {...filling.needed(name)} label={label} rows={3} maxlength={MOST.text} />
  );
  switch (ground) {
    case 'consent':
      return <ConsentFields filling={filling} />;
    case 'required-by-law':
      return statement('law', 'The law that requires it');
    case 'mission':
      return statement('mission', 'How it furthers the department’s purpose or mission');
    case 'city-interest':
      return (
        <Select
          {...filling.needed('preApproval')}
          label="The pre-approval"
          hint={onFile.preApprovals.length > 0 ? undefined : 'None that is valid today is on file.'}
          options={onFile.preApprovals}
        />
      );
    case 'routine':
      return (
        <Select
          {...filling.needed('designation')}
          label="The routine designation"
          hint={onFile.designations.length > 0 ? undefined : 'None that is valid today is on file.'}
          options={onFile.designations}
        />
      );
    case 'crime':
      return (
        <>
          <TextField
            {...filling.needed('caseNumber')}
            label="Case or investigation number"
            width="lg"
            maxlength={MOST.line}
          />
          {statement('credibleInformation', 'Without a number: the credible information about the crime')}
        </>
      );
    case 'welfare':
      return <WelfareFields filling={filling} />;
    case 'exigent':
      return (
        <>
          {statement('explanation', 'Why circumstances are exigent')}
          <Select
            {...filling.field('exemption')}
            label="If it need not be explained to the Chief Privacy Officer: why not"
            hint="Leave it open when none fits; then it is explained to them after the release."
            options={EXEMPTIONS}
          />
        </>
      );
  }
}

function WelfareFields({ filling }: { filling: Filling }) {
  return (
    <>
      <TextField
        {...filling.needed('investigation')}
        label="The City agency and the number of its investigation"
        maxlength={MOST.line}
      />
      <Choices {...filling.needed('byCityAgency')} label="Is it an investigation of a City agency?" options={YES_NO} />
      <Choices {...filling.needed('investigationOpen')} label="Is it open?" options={YES_NO} />
      <Choices {...filling.needed('welfareOf')} label="Whose welfare is it about?" options={WELFARE_ABOUT} />
    </>
  );
}
