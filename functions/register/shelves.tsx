/** The kinds of entries that have a form and a page: what each is called, how it is put on file, and what its page shows. */
import type { Child } from 'hono/jsx';
import type { Form } from '../edge/page-app.tsx';
import type { Records } from '../records/records.aws.ts';
import { AccessForm, accessIn } from './access-form.tsx';
import { isOnFile, type OnFile } from './contract.ts';
import type { FiledKind } from './end-on-file.ts';
import { AgreementForm, DesignationForm, PreApprovalForm, type FormProps } from './entry-forms.tsx';
import { accessFacts, agreementFacts, designationFacts, preApprovalFacts } from './entry-views.tsx';
import type { Refused, RegisterNeeds } from './needs.ts';
import { everyAgreement } from './on-file.ts';
import type { Filing } from './put-on-file.ts';
import { recordAccess } from './record-access.ts';
import { recordAgreement } from './record-agreement.ts';
import { recordDesignation } from './record-designation.ts';
import { recordPreApproval } from './record-pre-approval.ts';
import type { Instant } from '../../policies/instant.ts';

export interface Shelf {
  readonly path: 'agreements' | 'pre-approvals' | 'designations' | 'access';
  readonly kind: FiledKind;
  readonly add: string;
  readonly lead: string;
  readonly form: (props: FormProps, records: Records, now: Instant) => Promise<Child>;
  /** The id of what was put on file. */
  readonly record: (needs: RegisterNeeds, form: Form, filing: Filing) => Promise<{ readonly id: string } | Refused>;
  readonly titleOf: (entry: never) => string;
  readonly factsOf: (entry: never) => ReturnType<typeof agreementFacts>;
  readonly endSays: string;
}

const days = (form: Form) => ({ from: form.text('from'), until: form.text('until') });

export const SHELVES: readonly Shelf[] = [
  {
    path: 'agreements',
    kind: 'agreement',
    add: 'Put an agreement on file',
    lead: 'An agreement about the use of what is disclosed. The signed paper stays where it is.',
    form: async (props) => <AgreementForm {...props} />,
    async record(needs, form, filing) {
      const [title, partner, reference] = [form.text('title'), form.text('with'), form.text('reference')];
      const given = { title, with: partner, reference, technologies: form.texts('technologies'), ...days(form) };
      const done = await recordAgreement(needs, { given, ...filing });
      return done.kind === 'done' ? done.agreement : done;
    },
    titleOf: ({ title }: { title: string }) => title,
    factsOf: agreementFacts,
    endSays: 'From this moment no disclosure can rest on it. What was released under it stays as it was.',
  },
  {
    path: 'pre-approvals',
    kind: 'pre-approval',
    add: 'Put an approval in advance on file',
    lead: 'An approval of the City’s Chief Privacy Officer beforehand, for disclosures to other City agencies.',
    form: async (props) => <PreApprovalForm {...props} />,
    async record(needs, form, filing) {
      const given = {
        reference: form.text('reference'),
        approvedOn: form.text('approvedOn'),
        until: form.text('until'),
        kinds: form.texts('covers'),
        single: form.text('single'),
      };
      const done = await recordPreApproval(needs, { given, ...filing });
      return done.kind === 'done' ? done.preApproval : done;
    },
    titleOf: ({ reference }: { reference: string }) => `Approval in advance ${reference}`,
    factsOf: preApprovalFacts,
    endSays: 'From this moment no disclosure can rest on it. What was released under it stays as it was.',
  },
  {
    path: 'designations',
    kind: 'routine-designation',
    add: 'Make a routine designation',
    lead: 'Made by whoever holds the privacy office. What it covers then needs no approval of its own.',
    form: async (props) => <DesignationForm {...props} />,
    async record(needs, form, filing) {
      const [covers, recipients] = [form.texts('covers'), form.texts('recipients')];
      const given = { title: form.text('title'), why: form.text('why'), covers, recipients, ...days(form) };
      const done = await recordDesignation(needs, { given, ...filing });
      return done.kind === 'done' ? done.designation : done;
    },
    titleOf: ({ title }: { title: string }) => title,
    factsOf: designationFacts,
    endSays: 'From this moment disclosures of this kind are routine no longer. What was released stays as it was.',
  },
  {
    path: 'access',
    kind: 'standing-access',
    add: 'Put a direct access on file',
    lead: 'An outside agency that reaches a system of the department by itself, now or in the past.',
    form: async (props, records, now) => (
      <AccessForm {...props} agreements={(await everyAgreement(records)).filter((one) => isOnFile(one, now))} />
    ),
    async record(needs, form, filing) {
      const done = await recordAccess(needs, { given: accessIn(form), ...filing });
      return done.kind === 'done' ? done.access : done;
    },
    titleOf: ({ agencyName }: { agencyName: string }) => `Direct access: ${agencyName}`,
    factsOf: accessFacts,
    endSays: 'Say that it was closed and by whom. It stays in the register with its dates.',
  },
];

/** An entry's title and facts, by the shelf it was read from. */
export const shown = (shelf: Shelf, entry: OnFile) => ({
  title: shelf.titleOf(entry as never),
  facts: shelf.factsOf(entry as never),
});
