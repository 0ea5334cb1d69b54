/**
 * The register of what was provided to others (nyc-14-188-g-1), as a sheet. It names the entity and never the person of
 * it; who asks about one row opens the disclosure.
 */
import { clauseIn } from '../../policies/clause-in.ts';
import { DISCLOSURE_TYPES } from '../../policies/editions/disclosure-types.ts';
import { groundOf } from '../../policies/editions/disclosure-grounds.ts';
import { PUBLISHED_EDITIONS } from '../../policies/editions/index.ts';
import { nyDate } from '../../policies/instant.ts';
import type { Enclosure } from '../disclosure/contract.ts';
import { EXEMPTION_LABELS, groundLabel, recipientLabel, technologyLabel } from './labels.ts';
import { passes, quarterText, queryOf, type Provision, type ProvisionFilter } from './provisions.ts';
import type { Column, Row, Sheet } from './sheet.ts';

const COLUMNS: readonly Column[] = [
  { label: 'Date', whole: true },
  { label: 'Disclosure', whole: true, beneath: true },
  { label: 'To whom' },
  { label: 'Kind of recipient', beneath: true },
  { label: 'Technology' },
  { label: 'Kind of data' },
  { label: 'What left', beneath: true },
  { label: 'Ground' },
  { label: 'Clause of the ground', beneath: true, clauses: true },
  { label: 'Decided by' },
  { label: 'Decision', whole: true, beneath: true },
  { label: 'Agreement' },
  { label: 'Register' },
  { label: 'Clause of the register', beneath: true, clauses: true },
  { label: 'Outcome' },
];

export function provisionSheet(
  provisions: readonly Provision[],
  filter: ProvisionFilter,
  names: ReadonlyMap<string, string>,
): Sheet {
  const { quarter, technology, recipient, statutory, under } = filter;
  return {
    name: 'provisions',
    title: 'Provisions to others',
    answers: 'nyc-14-188-g-1',
    period: quarterText(quarter),
    only: [
      technology && technologyLabel(technology),
      recipient && recipientLabel(recipient),
      statutory && 'Rows of the statutory register',
      under && `Resting on ${under}`,
    ].filter((said): said is string => typeof said === 'string'),
    query: queryOf(filter),
    suffix: [quarter, technology, recipient, statutory && 'statutory', under].filter(Boolean).join('-'),
    columns: COLUMNS,
    rows: provisions.filter((one) => passes(one, filter)).map((one) => rowOf(one, names)),
  };
}

function rowOf(provision: Provision, names: ReadonlyMap<string, string>): Row {
  const { id, asked, release, approval } = provision;
  const { register } = release;
  return {
    href: `/disclosures/${encodeURIComponent(id)}`,
    cells: [
      nyDate(release.at),
      id,
      asked.addressee.organization.trim() || recipientLabel(asked.recipient.kind),
      recipientLabel(asked.recipient.kind),
      technologyLabel(asked.technology),
      DISCLOSURE_TYPES.find((type) => type.id === asked.disclosureType)?.label ?? asked.disclosureType,
      whatLeft(provision),
      asked.basis ? groundLabel(asked.basis.ground) : 'None needed: it identifies nobody',
      clauseOfGround(provision),
      approval?.answer === 'approve'
        ? (names.get(approval.signer.personId) ?? approval.signer.personId)
        : 'No approval needed on this ground',
      approval?.decisionId ?? '',
      agreementOf(provision),
      register.kind === 'row' ? 'Row of the register' : `Logged only. ${EXEMPTION_LABELS[register.exemptUnder]}`,
      register.clause,
      OUTCOMES[provision.state] ?? 'Released',
    ],
  };
}

const OUTCOMES: Readonly<Partial<Record<Provision['state'], string>>> = {
  released: 'Ready for the recipient',
  received: 'Received',
  'not-collected': 'Not collected',
  revoked: 'Revoked before it was received',
};

/** The ground's clause in the edition the release was judged by; the statute's where that edition prints none. */
function clauseOfGround({ asked: { basis }, edition }: Provision): string {
  if (!basis) return '';
  const { clause, law } = groundOf(basis.ground);
  const published = PUBLISHED_EDITIONS.find(({ id }) => id === edition);
  return (published && clause && clauseIn(published, clause)) ?? law.id;
}

const KINDS: readonly { readonly kind: Enclosure['kind']; readonly one: string; readonly more: string }[] = [
  { kind: 'image', one: 'image', more: 'images' },
  { kind: 'redacted-copy', one: 'redacted copy', more: 'redacted copies' },
  { kind: 'record', one: 'record', more: 'records' },
  { kind: 'count', one: 'number that identifies nobody', more: 'numbers that identify nobody' },
];

/** How many of each kind, without what was taken out or left out by whoever decided. */
export function whatLeft({ enclosures, approval }: Pick<Provision, 'enclosures' | 'approval'>): string {
  const left = enclosures.filter(({ id, leftOut }) => !leftOut && (approval?.kept?.includes(id) ?? true));
  return KINDS.flatMap(({ kind, one, more }) => {
    const count = left.filter((enclosure) => enclosure.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];
  }).join(', ');
}

function agreementOf({ asked: { agreement } }: Provision): string {
  if (!agreement) return 'None asked for';
  return agreement.kind === 'agreement' ? agreement.agreementId : 'None: no important privacy interest';
}
