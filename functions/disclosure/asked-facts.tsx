/** What is asked, as facts: what it is about, who gets it, what was confirmed, and the ground with its evidence. */
import type { Confirmation } from '../../policies/disclosure.ts';
import { isThirdParty } from '../../policies/editions/disclosure-grounds.ts';
import { nyDateText, nyText } from '../../policies/instant.ts';
import { Facts } from '../edge/fields.tsx';
import type { Addressee, AgreementNamed, Basis, DisclosureAsked } from './contract.ts';
import {
  AGENCIES,
  CAPACITIES,
  EXEMPTIONS,
  groundLabel,
  IMMIGRATION_CHOICES,
  labelIn,
  PROCEEDING_CHOICES,
  PURPOSE_CHOICES,
  recipientLabel,
  SEARCHED_THROUGH,
  SEARCHES,
  SIGNERS,
  TECHNOLOGIES,
  TYPES,
  VENDOR_CHECKS,
  WAYS,
  WELFARE_ABOUT,
} from './labels.ts';
import type { Registers } from './registers-of.ts';

type Items = readonly (readonly [label: string, value: string | undefined] | false)[];

export function AskedFacts(props: {
  asked: DisclosureAsked;
  registers: Registers;
  names: ReadonlyMap<string, string>;
}) {
  const { asked, registers, names } = props;
  const who = ({ byId, at }: Pick<Confirmation, 'byId' | 'at'>): string => `${names.get(byId) ?? byId}, ${nyText(at)}`;
  const confirmed = (found: Confirmation | undefined): string =>
    !found
      ? 'Not yet'
      : `${found.outcome === 'confirmed' ? 'Confirmed' : 'It could not be confirmed'}: ${found.how || 'no word on how'} (${who(found)})`;
  const { lawfulness, immigration } = asked;
  return (
    <section>
      <h2>What is asked</h2>
      <Facts
        items={[
          ['Technology', labelIn(TECHNOLOGIES, asked.technology)],
          ['Kind of disclosure', labelIn(TYPES, asked.disclosureType)],
          ['What it is about', asked.about],
          ['Who is in it', asked.aboutWhom],
          ['Handed over', labelIn(WAYS, asked.way)],
        ]}
      />
      <h3>Who gets it</h3>
      <Facts
        items={[
          ['Recipient', recipientLabel(asked.recipient.kind)],
          ...addresseeItems(asked.addressee),
          asked.askedOn ? ['Asked on', nyDateText(asked.askedOn)] : false,
          ...recipientItems(asked),
        ]}
      />
      <h3>Confirmed and determined</h3>
      <Facts
        items={[
          ['Who they are', confirmed(asked.identity)],
          ['Whom they act for', confirmed(asked.affiliation)],
          [
            'Lawfulness',
            lawfulness
              ? `${lawfulness.outcome === 'lawful' ? 'Lawful' : 'Not lawful'}: ${lawfulness.because || 'no reason'} (${who(lawfulness)})`
              : 'Not yet determined',
          ],
          [
            'Immigration enforcement',
            immigration.furthers === 'unanswered'
              ? 'Not yet answered'
              : labelIn(IMMIGRATION_CHOICES, immigration.furthers),
          ],
          immigration.recipientEnforces && [
            'Recipient with such duties',
            `Yes; other purpose: ${immigration.otherPurpose ?? 'none stated'}`,
          ],
        ]}
      />
      {asked.recipient.kind !== 'agency-unit' && (
        <>
          <h3>The ground</h3>
          <Facts items={basisItems(asked.basis, registers)} />
        </>
      )}
      {isThirdParty(asked.recipient.kind) && (
        <Facts items={[['Agreement', agreementText(asked.agreement, registers)]]} />
      )}
    </section>
  );
}

const yesNo = (answer: boolean): string => (answer ? 'Yes' : 'No');

function addresseeItems({ name, organization, email, agency, government, iceOrCbp, taskForce }: Addressee): Items {
  return [
    ['Name', name],
    organization !== '' && ['For', organization],
    ['Mail address', email],
    agency ? ['Whose agency', labelIn(AGENCIES, agency)] : ['Of a government', yesNo(government)],
    ['ICE or CBP, or acts for them', yesNo(iceOrCbp)],
    taskForce
      ? [
          'Task force',
          `Controlled by the department alone: ${yesNo(taskForce.departmentAloneControls)}. Furthers a criminal investigation: ${yesNo(taskForce.furthersCriminalInvestigation)}.`,
        ]
      : false,
  ];
}

function recipientItems({ recipient }: DisclosureAsked): Items {
  switch (recipient.kind) {
    case 'prosecutor': {
      const { matter } = recipient;
      return [
        ['Criminal case', matter?.caseNumber ?? 'Not named yet'],
        matter ? ['Has jurisdiction', yesNo(matter.hasJurisdiction)] : false,
        ['Goes on', 'To the defense, under the laws of criminal discovery'],
      ];
    }
    case 'law-enforcement':
    case 'city-agency': {
      const { path } = recipient;
      if (!path) return [['How it comes about', 'Not said yet']];
      return path.kind === 'their-request'
        ? [['They asked, relying on', path.reliedOn]]
        : [['Offered for', labelIn(PROCEEDING_CHOICES, path.proceeding)]];
    }
    case 'community-leader':
    case 'civic-organization':
    case 'news-media':
      return [['Wanted', recipient.purpose ? labelIn(PURPOSE_CHOICES, recipient.purpose) : 'Not said yet']];
    case 'vendor': {
      const { standing } = recipient;
      if (!standing) return [['Contract', 'Not named yet']];
      const held = VENDOR_CHECKS.filter(({ value }) => standing[value]).map(({ label }) => label);
      return [
        ['Contract', standing.contractId],
        ['Duty', standing.duty],
        ['Contract ends', standing.contractEndsOn ? nyDateText(standing.contractEndsOn) : 'Open'],
        ['On file', held.join('. ') || 'Nothing'],
      ];
    }
    case 'agency-unit':
      return [['Lawful duty', recipient.dutyReason ?? 'Not said yet']];
    case 'new-jersey-agent': {
      const { search } = recipient;
      if (!search) return [['Search', 'Not entered yet']];
      return [
        ['Search', `${labelIn(SEARCHES, search.what)}; through: ${labelIn(SEARCHED_THROUGH, search.through)}`],
        ['Authorized agent', yesNo(search.authorizedAgent)],
      ];
    }
    case 'person-or-guardian':
      return [];
  }
}

function basisItems(basis: Basis | undefined, registers: Registers): Items {
  if (!basis) return [['Ground', 'Not chosen yet']];
  return [['Ground', groundLabel(basis.ground)], ...evidenceItems(basis, registers)];
}

function evidenceItems(basis: Basis, { preApproval, designation }: Registers): Items {
  switch (basis.ground) {
    case 'consent':
      return basis.people.map(({ personRef, capacity, consent }) => [
        personRef,
        `${labelIn(CAPACITIES, capacity)}; ${
          consent
            ? `consent signed by ${labelIn(SIGNERS, consent.signedBy).toLowerCase()}, ${nyText(consent.at)}${consent.withdrawnAt ? `, withdrawn ${nyText(consent.withdrawnAt)}` : ''}`
            : 'no written consent yet'
        }`,
      ]);
    case 'required-by-law':
      return [['Law', basis.law ?? 'Not named yet']];
    case 'mission':
      return [['How', basis.how ?? 'Not said yet']];
    case 'city-interest':
      return [['Pre-approval', preApproval?.reference ?? 'None on file is named']];
    case 'routine':
      return [['Designation', designation?.title ?? 'None on file is named']];
    case 'crime':
      return [
        ['Case', basis.caseNumber ?? 'None'],
        basis.credibleInformation !== undefined && ['Credible information', basis.credibleInformation],
      ];
    case 'welfare': {
      const found = basis.investigation;
      if (!found) return [['Investigation', 'Not named yet']];
      return [
        ['Investigation', found.reference],
        ['Of a City agency', yesNo(found.byCityAgency)],
        ['Open', yesNo(found.open)],
        ['About', labelIn(WELFARE_ABOUT, found.about)],
      ];
    }
    case 'exigent':
      return [
        ['Why exigent', basis.explanation ?? 'Not said yet'],
        [
          'Explained to the Chief Privacy Officer',
          basis.exemption ? `Not needed: ${labelIn(EXEMPTIONS, basis.exemption)}` : 'After the release',
        ],
      ];
  }
}

function agreementText(named: AgreementNamed | undefined, { agreement }: Registers): string {
  if (!named) return 'None named';
  if (named.kind === 'no-important-privacy-interest')
    return `None: no important privacy interest is touched. ${named.why}`;
  return agreement
    ? `${agreement.title}, with ${agreement.with} (${agreement.reference})`
    : 'The one that was named is not on file';
}
