/**
 * What a privacy officer is shown before deciding: exactly what would leave, about whom, to whom, on which ground and
 * clause, who confirmed what, and what is missing. The answer is bound to the hash of this.
 *
 * Each enclosure is a part of its own that says nothing of the others, so that what remains when some are left out is
 * the same text without them (`keptOf`): an approval of less is an approval of exactly that.
 */
import { clauseIn, mustSay } from '../../policies/clause-in.ts';
import { groundOf } from '../../policies/editions/disclosure-grounds.ts';
import type { PublishedEdition } from '../../policies/editions/edition.ts';
import { PRIVACY_LAW } from '../../policies/editions/privacy-law.ts';
import { nyText } from '../../policies/instant.ts';
import { contradictionsOf } from '../../policies/rules/may-this-be-disclosed.ts';
import type { ShownPart } from '../decision/contract.ts';
import type { Disclosure, Enclosure } from './contract.ts';
import { basisOf, immigrationOf } from './facts.ts';
import { groundLabel, labelIn, recipientLabel, TECHNOLOGIES, TYPES, WAYS } from './labels.ts';
import type { Registers } from './registers-of.ts';
import { groundLines, recipientLines, registerLines } from './shown-evidence.ts';
import { line, warning, type Line } from './shown-lines.ts';

export function shownFor(
  disclosure: Disclosure,
  edition: PublishedEdition,
  registers: Registers,
): readonly ShownPart[] {
  const { asked } = disclosure;
  return [
    {
      heading: 'What it is about',
      lines: [
        ...line('Technology', labelIn(TECHNOLOGIES, asked.technology)),
        ...line('Judged by', edition.title),
        ...line('Kind of disclosure', labelIn(TYPES, asked.disclosureType)),
        ...line('What it is about', asked.about),
        ...line('About whom', asked.aboutWhom),
        ...line('Asked for by', registers.names[disclosure.requesterId] ?? disclosure.requesterId),
        ...line('They asked on', asked.askedOn),
      ],
    },
    ...disclosure.enclosures.flatMap((one) => (one.leftOut ? [] : [enclosurePart(one, disclosure.enclosures)])),
    { heading: 'To whom', lines: recipientPart(disclosure, edition) },
    { heading: 'On which ground', lines: groundPart(disclosure, edition, registers) },
    { heading: 'Who confirmed what', lines: confirmedPart(disclosure, edition, registers) },
    { heading: 'What is missing', lines: missingPart(disclosure) },
    ...answeredPart(disclosure),
    ...contradictionPart(disclosure, registers),
  ];
}

/** One thing that would leave. It names an original by what never changes, whether that leaves too or not. */
function enclosurePart(one: Enclosure, all: readonly Enclosure[]): ShownPart {
  const file = 'file' in one ? one.file : undefined;
  const stored = [
    ...line('SHA-256', file?.sha256),
    ...(file
      ? line('Size', `${file.bytes} bytes`)
      : one.kind === 'count'
        ? []
        : [warning('File', 'It has not arrived.')]),
  ];
  const part = (heading: string, lines: readonly Line[]): ShownPart => ({ id: one.id, heading, lines });
  switch (one.kind) {
    case 'image':
      return part(`Image: ${one.label}`, [
        ...line('What', 'The untouched original'),
        ...line('Image', one.imageId),
        ...line('Case', one.caseNumber),
        ...stored,
      ]);
    case 'redacted-copy': {
      const original = all.find(({ id }) => id === one.madeOf);
      return part(`Redacted copy: ${one.label}`, [
        ...line('What', 'A copy with parts taken out. The original is not touched.'),
        ...line('Made of', original ? `${original.label} (${original.id})` : `Image ${one.madeOf}`),
        ...line('Taken out', one.whatWasRedacted),
        ...stored,
      ]);
    }
    case 'record':
      return part(`Record: ${one.label}`, [
        ...line('System', one.system),
        ...line('Its number there', one.reference),
        ...line('Captured', one.capturedAt && nyText(one.capturedAt)),
        ...stored,
      ]);
    case 'count':
      return part(`Number: ${one.label}`, [...line('Anonymized', one.text)]);
  }
}

function recipientPart({ asked }: Disclosure, edition: PublishedEdition): Line[] {
  const { addressee, recipient, way } = asked;
  const { recipientEnforces, otherPurpose } = immigrationOf(asked);
  const ban = mustSay(edition, 'XR26-EXT-06');
  return [
    ...line('Recipient', recipientLabel(recipient.kind)),
    ...line('Name', addressee.name),
    ...line('Organization', addressee.organization),
    ...line('Mail address', addressee.email),
    ...line('A government', addressee.government ? 'Yes' : 'No'),
    ...recipientLines(recipient, edition),
    ...line('Furthers immigration enforcement', asked.immigration.furthers === 'no' ? 'No' : 'Not answered', ban),
    ...(recipientEnforces
      ? [warning('Enforces immigration law', `Their other purpose: ${otherPurpose ?? 'none is stated'}`, ban)]
      : []),
    ...line('Handed over', labelIn(WAYS, way)),
  ];
}

function groundPart(disclosure: Disclosure, edition: PublishedEdition, registers: Registers): Line[] {
  const basis = basisOf(disclosure.asked, registers);
  if (!basis) return [warning('Ground', 'None is chosen.', mustSay(edition, 'XR26-EXT-08'))];
  const ground = groundOf(basis.ground);
  const clause = (ground.clause && clauseIn(edition, ground.clause)) ?? ground.law.id;
  return [
    ...line('Ground', groundLabel(basis.ground), clause),
    ...line('In law', ground.law.text, ground.law.id),
    ...groundLines(basis),
    ...registerLines(disclosure.asked, registers),
  ];
}

function confirmedPart({ asked }: Disclosure, edition: PublishedEdition, { names }: Registers): Line[] {
  const clause = mustSay(edition, 'XR26-SAFE-16');
  const told = (label: string, given: { byId: string; at: string } | undefined, what: string | undefined): Line =>
    given && what
      ? { label, text: `${what} (${names[given.byId] ?? given.byId})`, clause }
      : warning(label, 'Not yet', clause);
  const { identity, affiliation, lawfulness } = asked;
  return [
    told(
      'Who they are',
      identity,
      identity && `${identity.outcome === 'confirmed' ? 'Confirmed' : 'Not confirmed'}: ${identity.how}`,
    ),
    told(
      'For whom they speak',
      affiliation,
      affiliation && `${affiliation.outcome === 'confirmed' ? 'Confirmed' : 'Not confirmed'}: ${affiliation.how}`,
    ),
    told(
      'Lawful',
      lawfulness,
      lawfulness && `${lawfulness.outcome === 'lawful' ? 'Found lawful' : 'Found not lawful'}: ${lawfulness.because}`,
    ),
  ];
}

/** An officer is asked when nothing else is missing; on a page that shows it earlier, more may be. */
function missingPart({ needs = [] }: Disclosure): Line[] {
  const others = needs.filter(({ need }) => need !== 'officer-approval');
  return others.length === 0
    ? line('Missing', 'Nothing but your approval.')
    : others.map(({ found, expected, clause }) => warning('Missing', `${expected}; there is ${found}`, clause));
}

function answeredPart({ answeredBack = [] }: Disclosure): ShownPart[] {
  if (answeredBack.length === 0) return [];
  const lines = answeredBack.flatMap(({ question, answer }) => [
    ...line('Asked back', question),
    ...line('Answer', answer),
  ]);
  return [{ heading: 'What was asked back', lines }];
}

function contradictionPart({ asked }: Disclosure, registers: Registers): ShownPart[] {
  const basis = basisOf(asked, registers);
  const found = contradictionsOf({ recipient: asked.recipient, ...(basis && { basis }) });
  if (found.length === 0) return [];
  const lines = found.map(({ clauses, text }) =>
    warning('Both are shown', text, clauses[0] ?? PRIVACY_LAW.approval.id),
  );
  return [{ heading: 'Where policy and law pull apart', lines }];
}
