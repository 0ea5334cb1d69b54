/** The form of a disclosure, read. What cannot be read is refused; beside it stands what could be, so that nothing is lost. */
import { clauseIn } from '../../policies/clause-in.ts';
import { isThirdParty, type RecipientKind } from '../../policies/editions/disclosure-grounds.ts';
import { policyInForce } from '../../policies/editions/index.ts';
import type { Instant } from '../../policies/instant.ts';
import type { Refusal } from '../../policies/ruling.ts';
import type { Form } from '../edge/page-app.tsx';
import { addresseeIn, enforcementIn } from './addressee-fields.tsx';
import { checkedIn, furthersIn } from './checked-fields.tsx';
import type { AgreementNamed } from './contract.ts';
import { NONE, type OnFile } from './disclosure-form.tsx';
import { basisIn } from './ground-fields.tsx';
import { TECHNOLOGIES, TYPES, WAYS } from './labels.ts';
import type { DisclosureAskedDraft } from './asked-draft.ts';
import { recipientIn } from './recipient-fields.tsx';
import { answersIn, type Answers } from './typed-answers.ts';

export interface Read {
  readonly asked: DisclosureAskedDraft;
  readonly refusals: readonly Refusal[];
}

export function askedIn(form: Form, kind: RecipientKind, onFile: OnFile, now: Instant): Read {
  const technology = TECHNOLOGIES.find(({ value }) => value === form.text('technology'))?.value ?? 'mobile-x-ray';
  const edition = policyInForce(technology, now)?.edition;
  const cited = (id: string): string => (edition && clauseIn(edition, id)) ?? id;
  const answers = answersIn(form, cited('XR26-SAFE-16'), now);

  answers.mustChoose('technology', TECHNOLOGIES, 'the technology it comes from');
  const disclosureType =
    answers.mustChoose('disclosureType', TYPES, 'a kind of disclosure', 'house-kinds-of-disclosure') ?? 'other';
  const about = answers.must('about', 'what the disclosure is about');
  const aboutWhom = answers.must('aboutWhom', 'who is in it');
  const addressee = addresseeIn(answers, kind);
  const askedOn = kind === 'agency-unit' ? undefined : answers.day('askedOn');
  const recipient = recipientIn(answers, kind);
  const checked = checkedIn(answers);
  const furthers = furthersIn(answers, cited('XR26-EXT-06'));
  const immigration = { furthers, ...enforcementIn(answers, kind, addressee) };
  const basis = kind === 'agency-unit' ? undefined : basisIn(answers, onFile);
  const agreement = isThirdParty(kind) ? agreementIn(answers, onFile) : undefined;
  const way = answers.mustChoose('way', WAYS, 'how it is handed over') ?? 'page';
  return {
    asked: {
      technology,
      disclosureType,
      about,
      aboutWhom,
      addressee,
      recipient,
      immigration,
      ...checked,
      ...(askedOn && { askedOn }),
      ...(basis && { basis }),
      ...(agreement && { agreement }),
      way,
    },
    refusals: answers.refusals,
  };
}

function agreementIn(answers: Answers, { agreements }: OnFile): AgreementNamed | undefined {
  const why = answers.text('agreementWhy');
  const picked = answers.choice('agreement', [...agreements, { value: NONE }]);
  if (!picked) return undefined;
  return picked === NONE ? { kind: 'no-important-privacy-interest', why } : { kind: 'agreement', agreementId: picked };
}
