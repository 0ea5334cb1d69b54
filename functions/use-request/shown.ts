/**
 * What an executive is shown before deciding: all that was asked, who asks, what policy says, what the words suggest
 * looking at, and the exposure figures with the printed errors marked. The answer is bound to the hash of this.
 */
import { xrayEditionById } from '../../policies/editions/x-ray.ts';
import type { EditionId, PrintedDose } from '../../policies/editions/edition.ts';
import { nyText } from '../../policies/instant.ts';
import type { ShownPart } from '../decision/contract.ts';
import type { Person } from '../records/standing.ts';
import { rankLabel } from '../../policies/editions/ranks.ts';
import type { UseRequest } from './contract.ts';
import { purposeLabel, targetLabel } from './labels.ts';

type Line = ShownPart['lines'][number];

export function shownFor(request: UseRequest, requester: Person | undefined): readonly ShownPart[] {
  const { asked } = request;
  const line = (label: string, text: string | undefined, clause?: string): Line[] =>
    text ? [{ label, text, ...(clause && { clause }) }] : [];
  return [
    {
      heading: 'What is to be screened',
      lines: [
        ...line('Object', targetLabel(asked.targetKind), 'XR26-ABS-01'),
        ...line('Similar object', asked.similarObject),
        ...line('Description', asked.targetDescription),
        ...line('Where', asked.location),
        ...line('On or near a public street', asked.nearPublicStreet ? 'Yes' : 'No', 'XR26-ABS-01'),
        ...line('From', nyText(asked.startsAt)),
        ...line('Until', nyText(asked.endsAt)),
      ],
    },
    {
      heading: 'Why',
      lines: [
        ...line('Grave risk to public safety', asked.graveRisk, 'XR26-ABS-01'),
        ...line('Purpose', purposeLabel(asked.purpose), 'XR26-USE-02'),
        ...line('Law enforcement reason', asked.lawEnforcementReason, 'XR26-USE-02'),
        ...line('Event', asked.eventName, 'XR26-CAP-03'),
        ...line('Why the threat is elevated', asked.elevatedThreatReason, 'XR26-CAP-03'),
        ...line(
          'Legal basis',
          request.legalBasis === 'special-needs-exception'
            ? 'Special needs exception; no court authorization is sought'
            : request.legalBasis,
          'XR26-USE-11',
        ),
      ],
    },
    {
      heading: 'How the public is kept out of the scan',
      lines: asked.publicKeptOutHow
        ? line('Plan', asked.publicKeptOutHow, 'XR26-USE-04')
        : [
            {
              label: 'Plan',
              text: 'None is stated. It cannot be approved like this.',
              warning: true,
              clause: 'XR26-USE-04',
            },
          ],
    },
    { heading: 'Who asks', lines: whoAsks(request, requester) },
    ...(request.flags?.length
      ? [
          {
            heading: 'Words to look at twice',
            lines: request.flags.map((flag) => ({
              label: `“${flag.word}”`,
              text: `in ${flag.field}: check that the purpose is not ${flag.kind}`,
              warning: true,
              clause: flag.clause,
            })),
          },
        ]
      : []),
    ...exposures(request.edition as EditionId),
  ];
}

function whoAsks({ askedBy }: UseRequest, requester: Person | undefined): Line[] {
  if (askedBy.kind === 'member') {
    const self: Line[] =
      askedBy.route === 'bureau-self-initiated'
        ? [
            {
              label: 'Self-initiated',
              text: 'Started by an executive of the bureau, who may also decide it. This is on record.',
              warning: true,
              clause: 'XR26-USE-08',
            },
          ]
        : [];
    return [
      {
        label: 'Member',
        text: requester ? `${rankLabel(requester.rank)} ${requester.name}, ${requester.command}` : askedBy.personId,
        clause: 'XR26-USE-05',
      },
      ...self,
    ];
  }
  const { confirmation } = askedBy;
  return [
    { label: 'Outside entity', text: `${askedBy.entityName} (${askedBy.entityKind})`, clause: 'XR26-USE-06' },
    { label: 'Liaison', text: `${askedBy.liaisonName}, ${askedBy.liaisonTitle}` },
    confirmation
      ? {
          label: 'Confirmed',
          text: `Identity: ${confirmation.identityHow}. Affiliation: ${confirmation.affiliationHow}.`,
          clause: 'XR26-SAFE-16',
        }
      : { label: 'Confirmed', text: 'Not yet', warning: true, clause: 'XR26-SAFE-16' },
    {
      label: 'Custody',
      text: 'The device stays with the department; only trained bureau members operate it.',
      clause: 'XR26-EXT-03',
    },
  ];
}

function exposures(edition: EditionId): ShownPart[] {
  const doses = xrayEditionById(edition)?.doses ?? [];
  const printed = (dose: PrintedDose) =>
    `${dose.mrem} mrem (printed as ${dose.printed.amount} ${dose.printed.unit === 'uR' ? 'µR' : 'µrem'})`;
  const lines = doses.flatMap((figure): Line[] => {
    const notes = [figure.upper, figure.lower].flatMap((dose) => (dose.note ? [dose.note] : []));
    return [
      {
        label: `At ${figure.feet} feet for ${figure.seconds} seconds`,
        text: `between ${printed(figure.upper)} and ${printed(figure.lower)}`,
        clause: figure.clause,
      },
      ...notes.map((note) => ({ label: 'Printed figures disagree', text: note, warning: true, clause: figure.clause })),
    ];
  });
  return lines.length ? [{ heading: 'Exposure outside the device, as published', lines }] : [];
}
