/**
 * Releases a disclosure, if at this very instant the rule allows it. One change holds the release, the delivery, the row
 * of the register and the mails; and it is refused when anything the ruling rested on has changed since it was read, so
 * nothing ends between the ruling and the release.
 */
import { quarterOf } from '../../policies/calendar-date.ts';
import { HOUSE } from '../../policies/editions/house.ts';
import { FactMalformed } from '../../policies/faults.ts';
import { nyDate, plusHours, plusMs, type Instant } from '../../policies/instant.ts';
import { disclosureRegister } from '../../policies/rules/disclosure-register.ts';
import { decisions } from '../decision/contract.ts';
import { deliveries, type DeliveredFile, type Delivery } from '../delivery/contract.ts';
import { fileNameOf, type Image } from '../image/contract.ts';
import { put, type MailOwed } from '../records/change.ts';
import { FIRST_STEP_MS } from '../records/deadlines.ts';
import { keyOf } from '../records/entity.ts';
import { privacyOffice } from '../records/privacy-office.ts';
import { disclosureOf, type Onward } from './check-disclosure.ts';
import { provisionsOfQuarter, type Disclosure, type Enclosure } from './contract.ts';
import { plusDays24, secondsLeft } from './due.ts';
import { remaining } from './facts.ts';
import { rulingOn, type DisclosureJudgement } from './judge.ts';
import type { StepNeeds } from './needs.ts';
import { restedOn } from './registers-of.ts';
import { BY_WORKFLOW, mailToRequester } from './settle-disclosure.ts';
import { changed } from './tending.ts';

/** How the workflow goes on. `look-again`: it is not to be released as it stands, and the check says what it is. */
export type Released = Extract<Onward, { kind: 'seal' | 'collect' }> | { readonly kind: 'look-again' };

export async function releaseDisclosure(
  needs: StepNeeds,
  { disclosureId }: { readonly disclosureId: string },
): Promise<Released> {
  const disclosure = await disclosureOf(needs, disclosureId);
  if (disclosure.state !== 'checking') return { kind: 'look-again' };
  const now = needs.now();
  const judgement = await rulingOn(needs.records, disclosure, now);
  if (judgement.answer.kind !== 'allowed') return { kind: 'look-again' };
  const { approval } = disclosure;
  const decision = approval && (await needs.records.get(decisions, approval.decisionId));
  if (approval && decision?.answer?.answer !== 'approve')
    throw new FactMalformed(
      `disclosure ${disclosure.id} holds an approval that its decision does not; look at both ledgers`,
    );

  const delivery = deliveryOf(needs, disclosure, judgement, now);
  const { policy, shownHash, registers } = judgement;
  const { clauses } = judgement.answer;
  const { asked } = disclosure;
  const register = disclosureRegister(
    {
      provisionId: disclosure.id,
      providedAt: now,
      recipient: asked.recipient.kind,
      government: asked.addressee.government,
      iceOrCbp: asked.addressee.iceOrCbp,
      ...(asked.addressee.taskForce && { taskForce: asked.addressee.taskForce }),
    },
    policy,
    now,
  );
  const { needs: _, refusals: __, lapsesAt: ___, ...open } = disclosure;
  const owed = isToBeExplained(disclosure);
  const next: Disclosure = {
    ...open,
    state: 'released',
    edition: policy.edition.id,
    clauses,
    release: { at: now, clauses, shownHash, deliveryId: delivery.id, register },
    step: asked.way === 'sealed-package' ? 'Write sealed package' : 'Write release in ledger',
    ...(owed && { explainBy: plusHours(now, HOUSE.hoursToExplainExigency.hours) }),
    dueAt: plusMs(now, FIRST_STEP_MS),
  };
  const told = {
    act: 'disclosure released',
    clauses,
    facts: {
      delivery: delivery.id,
      way: delivery.way,
      recipient: asked.recipient.kind,
      ground: asked.basis?.ground ?? 'none',
      shown: shownHash,
      register: register.kind,
      files: delivery.files.map(({ file }) => file.sha256),
      counts: delivery.counts.length,
      ...(decision && { decision: decision.id }),
    },
  };
  await needs.records.write(
    changed(next, BY_WORKFLOW, now, told, {
      puts: [put(deliveries, delivery)],
      lines: [{ from: provisionsOfQuarter(quarterOf(nyDate(now))), to: disclosure.id }],
      mails: [...mailsOf(next, delivery), ...(owed ? await mailsToOffice(needs, disclosure, now) : [])],
      unchanged: [
        ...restedOn(registers),
        ...(decision ? [{ key: keyOf('decision', decision.id), version: decision.version }] : []),
      ],
    }),
  );
  return delivery.state === 'sealing'
    ? { kind: 'seal' }
    : { kind: 'collect', seconds: secondsLeft(delivery.closesAt, now) };
}

function deliveryOf(
  { newId }: StepNeeds,
  disclosure: Disclosure,
  { registers }: DisclosureJudgement,
  now: Instant,
): Delivery {
  const { way, addressee } = disclosure.asked;
  const { name, organization, email } = addressee;
  const leaving = remaining(disclosure);
  return {
    id: newId('Y'),
    version: 0,
    disclosureId: disclosure.id,
    way,
    state: way === 'sealed-package' ? 'sealing' : 'open',
    to: { name, organization, email },
    files: withOwnNames(leaving.flatMap((one) => fileOf(one, registers.images))),
    counts: leaving.flatMap((one) =>
      one.kind === 'count' ? [{ enclosureId: one.id, label: one.label, text: one.text }] : [],
    ),
    madeAt: now,
    closesAt: plusDays24(now, HOUSE.daysToCollect.days),
    links: [],
    codesAsked: 0,
    openings: [],
  };
}

function fileOf(one: Enclosure, images: readonly Image[]): DeliveredFile[] {
  const { id: enclosureId, label } = one;
  if (one.kind === 'count' || !one.file) return [];
  if (one.kind !== 'image') {
    const { fileName, file } = one;
    return [
      { enclosureId, label, fileName, ...(one.kind === 'redacted-copy' && { redactedCopyOf: one.madeOf }), file },
    ];
  }
  const kind = images.find(({ id }) => id === one.imageId)?.stored?.contentKind ?? 'opaque';
  return [{ enclosureId, label, fileName: fileNameOf(one.imageId, kind), file: one.file }];
}

/** Two files of one name would be saved over each other: the second is told apart by its enclosure. */
function withOwnNames(files: readonly DeliveredFile[]): readonly DeliveredFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const name = file.fileName.toLowerCase();
    const fileName = taken.has(name) ? `${file.enclosureId}-${file.fileName}` : file.fileName;
    taken.add(name);
    return { ...file, fileName };
  });
}

/** The letter with the link goes out with the release; that of a package when it is sealed. */
function mailsOf(disclosure: Disclosure, delivery: Delivery): MailOwed[] {
  const ready: MailOwed = {
    kind: 'delivery-ready',
    to: { address: delivery.to.email },
    about: keyOf('delivery', delivery.id),
    subject: keyOf('disclosure', disclosure.id),
  };
  return [mailToRequester(disclosure, 'disclosure-released'), ...(delivery.state === 'open' ? [ready] : [])];
}

/** An exigent release is explained to the Chief Privacy Officer, unless the law exempts it. */
export const isToBeExplained = ({ asked, enclosures }: Pick<Disclosure, 'asked' | 'enclosures'>): boolean =>
  asked.recipient.kind !== 'agency-unit' &&
  asked.basis?.ground === 'exigent' &&
  !asked.basis.exemption &&
  remaining({ enclosures }).some(({ kind }) => kind !== 'count');

async function mailsToOffice({ records }: StepNeeds, { id }: Disclosure, now: Instant): Promise<MailOwed[]> {
  const [about, office] = [keyOf('disclosure', id), await privacyOffice(records, now)];
  return office.map((person) => ({ kind: 'exigency-to-report', to: { personId: person.id }, about, subject: about }));
}
