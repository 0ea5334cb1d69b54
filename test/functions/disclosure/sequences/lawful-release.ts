/**
 * What is wrong with a release, told from the witness's own account of it and from the book. Written a second time, from
 * the clauses of the seven grounds and not from the rules in policies/, which it holds to account.
 */
import type { DisclosureAskedDraft } from '../../../../functions/disclosure/open-disclosure.ts';
import { canonical } from '../../../../functions/records/canonical.ts';
import type { Instant } from '../../../../policies/instant.ts';
import type { Book } from './book.ts';

export interface Enclosed {
  readonly kind: 'image' | 'redacted-copy' | 'record' | 'count';
  readonly imageId?: string;
}

/** Of exactly this, by somebody in office who did not ask for it. */
export interface Approved {
  readonly content: string;
  readonly shownHash: string;
}

export interface Account {
  readonly id: string;
  readonly requesterId: string;
  /** As it was typed and taken last. */
  draft: DisclosureAskedDraft;
  /** What is to leave, by the ids of the enclosures. */
  enclosed: ReadonlyMap<string, Enclosed>;
  approvals: readonly Approved[];
}

/** What leaves, to whom, and on which ground: the whole of it as one text. */
export function contentOf({ draft, enclosed }: Pick<Account, 'draft' | 'enclosed'>): string {
  const { technology, disclosureType, addressee, recipient, basis, agreement, way } = draft;
  const { name, organization, email } = addressee;
  return canonical({
    technology,
    disclosureType,
    recipient,
    to: [name, organization, email],
    basis,
    agreement,
    way,
    enclosed: [...enclosed].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  });
}

export function wrongWith(account: Account, shownHash: string, book: Book, now: Instant): readonly string[] {
  const { draft, enclosed } = account;
  const wrong: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(what);
  };
  const { immigration, addressee, identity, affiliation, lawfulness, recipient } = draft;
  const enforces = immigration.recipientEnforces || addressee.iceOrCbp;
  must(immigration.furthers === 'no', 'it furthers immigration enforcement, or nobody said that it does not');
  must(!enforces || says(immigration.otherPurpose), 'its recipient enforces immigration law and has no other purpose');
  must(identity?.outcome === 'confirmed', 'nobody confirmed who asks');
  must(affiliation?.outcome === 'confirmed', 'nobody confirmed for whom they ask');
  must(lawfulness?.outcome === 'lawful', 'nobody found it lawful');
  must(enclosed.size > 0, 'nothing leaves');
  for (const { imageId } of enclosed.values())
    must(imageId === undefined || !book.imagesGone.has(imageId), `image ${imageId} is kept no more`);
  const identifying = [...enclosed.values()].some(({ kind }) => kind !== 'count');
  if (identifying && recipient.kind !== 'agency-unit')
    wrong.push(...groundWrong(account, shownHash, book, now), ...agreementWrong(draft, book, now));
  return wrong;
}

/** As the house has it: ten letters. */
const says = (text: string | undefined): boolean => (text?.trim().length ?? 0) >= 10;

function groundWrong(account: Account, shownHash: string, book: Book, now: Instant): readonly string[] {
  const { draft, id } = account;
  const { basis, disclosureType, recipient } = draft;
  const covered = (kinds: readonly string[] | undefined) => kinds?.includes(disclosureType) || kinds?.includes(id);
  const unless = (holds: boolean | undefined, what: string) => (holds ? [] : [what]);
  const approved = () =>
    unless(
      account.approvals.some((one) => one.content === contentOf(account) && one.shownHash === shownHash),
      'no officer in office approved exactly this',
    );
  switch (basis?.ground) {
    case undefined:
      return ['it rests on no ground'];
    case 'consent':
      return [...unless(consented(basis.people, now), 'not everybody in it agrees'), ...approved()];
    case 'required-by-law':
      return [...unless(says(basis.law), 'no law is named'), ...approved()];
    case 'mission':
      return [...unless(says(basis.how), 'it is not said how it furthers the mission'), ...approved()];
    case 'city-interest': {
      const entry = book.goodEntry('pre-approval', basis.preApprovalId, now);
      return [
        ...unless(recipient.kind === 'city-agency', 'it goes to no City agency'),
        ...unless(covered(entry?.covers), 'no approval in advance covers it'),
      ];
    }
    case 'routine': {
      const entry = book.goodEntry('routine-designation', basis.designationId, now);
      return unless(
        covered(entry?.covers) && entry?.recipients.includes(recipient.kind),
        'no designation makes it routine today',
      );
    }
    case 'crime':
      return unless(!!basis.caseNumber?.trim() || says(basis.credibleInformation), 'no crime is named');
    case 'welfare': {
      const of = basis.investigation;
      return unless(of?.byCityAgency && of.open && of.about !== 'other', 'no City agency investigates it');
    }
    case 'exigent':
      return unless(says(basis.explanation), 'nobody says what is exigent');
  }
}

type Consents = Extract<NonNullable<DisclosureAskedDraft['basis']>, { ground: 'consent' }>['people'];

const consented = (people: Consents, now: Instant): boolean =>
  people.length > 0 &&
  people.every(
    ({ capacity, consent }) =>
      consent?.signedBy === (capacity === 'adult' ? 'person' : 'parent-or-guardian') &&
      consent.at <= now &&
      !(consent.withdrawnAt && consent.withdrawnAt <= now),
  );

const NOT_THIRD: readonly string[] = ['city-agency', 'vendor', 'agency-unit'];

function agreementWrong({ recipient, basis, agreement }: DisclosureAskedDraft, book: Book, now: Instant) {
  const ownConsent = recipient.kind === 'person-or-guardian' && basis?.ground === 'consent';
  if (NOT_THIRD.includes(recipient.kind) || ownConsent || basis?.ground === 'routine' || basis?.ground === 'exigent')
    return [];
  const holds =
    agreement?.kind === 'agreement'
      ? book.goodEntry('agreement', agreement.agreementId, now) !== undefined
      : says(agreement?.why);
  return holds ? [] : ['no agreement in force covers it'];
}
