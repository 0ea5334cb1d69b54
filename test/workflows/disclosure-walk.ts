/**
 * Every combination of one edition walked through the workflow: each is opened, given something that identifies people,
 * and sent as a person would; the privacy officer approves what is put to them, except where the combination says that
 * no decision was made. All of them run beside each other, on the real definitions, with the real acts.
 */
import { askForDecision } from '../../functions/decision/ask-for-decision.ts';
import { checkWhoIsAsked } from '../../functions/decision/check-who-is-asked.ts';
import { askForCompletion } from '../../functions/disclosure/ask-for-completion.ts';
import { askRecipientToCollect } from '../../functions/disclosure/ask-recipient-to-collect.ts';
import { checkDisclosure } from '../../functions/disclosure/check-disclosure.ts';
import { disclosures, type Basis, type Disclosure } from '../../functions/disclosure/contract.ts';
import { beginEnclosure, encloseImage, takeEnclosure } from '../../functions/disclosure/enclose.ts';
import { openDisclosure, type DisclosureAskedDraft } from '../../functions/disclosure/open-disclosure.ts';
import { releaseDisclosure } from '../../functions/disclosure/release-disclosure.ts';
import { put } from '../../functions/records/change.ts';
import { untilWritten } from '../../functions/records/until-written.ts';
import { recordDesignation } from '../../functions/register/record-designation.ts';
import { recordPreApproval } from '../../functions/register/record-pre-approval.ts';
import { everyDisclosure, type DisclosureCase } from '../../policies/data/every-disclosure.ts';
import type { GroundEvidence } from '../../policies/disclosure.ts';
import { RECIPIENTS } from '../../policies/editions/disclosure-grounds.ts';
import type { PublishedEdition } from '../../policies/editions/edition.ts';
import { done, furnished, Office } from '../functions/disclosure/office.ts';
import { factsOf, momentOf } from '../policies/disclosure-facts.ts';
import type { RecordsInMemory } from '../records-in-memory.ts';
import { inProcess, type InProcess } from './in-process.ts';

export interface Walked {
  readonly case: DisclosureCase;
  /** What there is of it; undefined where nothing was opened. */
  readonly id?: string;
  /** The record that help with immigration enforcement was asked for, where that was refused at the form. */
  readonly stoppedAs?: string;
}

export interface Walk {
  readonly work: InProcess;
  readonly office: Office<RecordsInMemory>;
  readonly all: readonly Walked[];
  /** The stopped ones again, as if their answer had slipped past every form after they were sent. */
  readonly slipped: readonly Walked[];
}

const KIND = 'investigative-lead';

/** Each edition has a department of its own, at a moment it is in force. */
export async function walkThrough(edition: PublishedEdition): Promise<Walk> {
  const { work, office } = await department(edition);
  const file = await registered(office);
  const enclose = await encloserFor(office, edition);
  const person = await office.acting();

  const open = async (one: DisclosureCase, asked: DisclosureAskedDraft): Promise<Walked> => {
    const opened = await openDisclosure(office.needs, { person, asked });
    if (opened.kind === 'refused') return { case: one, ...(opened.onRecordAs && { stoppedAs: opened.onRecordAs }) };
    const { id } = opened.disclosure;
    await enclose(id);
    done(await office.send(id));
    return { case: one, id };
  };
  const cases = everyDisclosure().filter((one) => one.edition === edition);
  const all = await Promise.all(cases.map((one) => open(one, askedOf(office, one, file))));
  const slipped = await Promise.all(
    cases
      .filter(({ evidence }) => evidence === 'immigration')
      .map(async (one) => {
        const walked = await open(one, askedOf(office, { ...one, evidence: 'complete' }, file));
        await slip(office, walked.id!, factsOf(one).immigration);
        return walked;
      }),
  );
  await work.settle();
  await Promise.all(all.map((walked) => approve(office, walked)));
  await work.settle();
  return { work, office, all, slipped };
}

async function department(edition: PublishedEdition) {
  let office!: Office<RecordsInMemory>;
  const step =
    <Given>(act: (needs: Office['needs'], given: Given) => Promise<unknown>) =>
    (given: Given) =>
      untilWritten(() => act(office.needs, given));
  const work = await inProcess(
    ['decision', 'disclosure'],
    (records) => {
      office = new Office(records as RecordsInMemory);
      office.now = momentOf(edition.id);
      return {
        CheckDisclosure: step(checkDisclosure),
        AskForCompletion: step(askForCompletion),
        ReleaseDisclosure: step(releaseDisclosure),
        AskRecipientToCollect: step(askRecipientToCollect),
        CheckWhoIsAsked: step(checkWhoIsAsked),
        AskForDecision: step(askForDecision),
        SealPackage: () => {
          throw new Error('nothing here is handed over as a package');
        },
      };
    },
    () => office.now,
  );
  await furnished(office);
  return { work, office };
}

interface OnFile {
  readonly preApprovalId: string;
  readonly designationId: string;
}

/** What stands in the registers for grounds four and five, put there by the Agency Privacy Officer. */
async function registered(office: Office): Promise<OnFile> {
  const person = await office.acting('p-okafor');
  const approved = await recordPreApproval(office.needs, {
    person,
    given: { reference: 'CPO-7', approvedOn: '2024-06-03', until: '', kinds: [KIND], single: '' },
  });
  const designated = await recordDesignation(office.needs, {
    person,
    given: {
      title: 'Leads for other investigations',
      why: 'Asked for every week and always granted',
      covers: [KIND],
      recipients: RECIPIENTS.map(({ kind }) => kind).filter((kind) => kind !== 'agency-unit'),
      from: momentOf('xray-2021').slice(0, 10),
      until: '',
    },
  });
  if (approved.kind !== 'done') throw new Error(JSON.stringify(approved.because));
  if (designated.kind !== 'done') throw new Error(JSON.stringify(designated.because));
  return { preApprovalId: approved.preApproval.id, designationId: designated.designation.id };
}

/** Something that identifies people: a kept image, or an export of the technology's own system. */
async function encloserFor(office: Office, { technology }: PublishedEdition): Promise<(id: string) => Promise<void>> {
  const person = await office.acting();
  const label = 'The van at the light';
  if (technology === 'mobile-x-ray') {
    const { id: imageId } = await office.image();
    return async (disclosureId) => {
      const enclosed = await encloseImage(office.needs, { disclosureId, person, label, imageId });
      if (enclosed.kind !== 'done') throw new Error(JSON.stringify(enclosed));
    };
  }
  const record = { kind: 'record', system: 'Export of the system', reference: '17', fileName: 'record.bin' } as const;
  return async (disclosureId) => {
    const begun = await beginEnclosure(office.needs, { disclosureId, person, label, ...record });
    if (begun.kind !== 'done' || begun.enclosure.kind !== 'record') throw new Error(JSON.stringify(begun));
    office.files.arrivedAt.set(begun.enclosure.incomingKey, 1200);
    const taken = await takeEnclosure(office.needs, { disclosureId, person, enclosureId: begun.enclosure.id });
    if (taken.kind !== 'done') throw new Error(JSON.stringify(taken));
  };
}

const GOVERNMENTS: readonly string[] = [
  'prosecutor',
  'law-enforcement',
  'city-agency',
  'agency-unit',
  'new-jersey-agent',
];

/** The form of a combination, filled in with the same evidence that the rules are shown. */
function askedOf(office: Office, one: DisclosureCase, file: OnFile): DisclosureAskedDraft {
  const { recipient, immigration, identity, affiliation, lawfulness, basis } = factsOf(one);
  const { identity: _, affiliation: __, lawfulness: ___, basis: ____, ...asked } = office.asked();
  return {
    ...asked,
    technology: one.edition.technology,
    disclosureType: KIND,
    addressee: { ...asked.addressee, government: GOVERNMENTS.includes(one.recipient) },
    recipient,
    immigration,
    ...(identity && { identity: { outcome: identity.outcome, how: identity.how } }),
    ...(affiliation && { affiliation: { outcome: affiliation.outcome, how: affiliation.how } }),
    ...(lawfulness && { lawfulness: { outcome: lawfulness.outcome, because: lawfulness.because } }),
    ...(basis && { basis: named(basis, file) }),
  };
}

/** What stands in a register is named; the rest of the evidence is on the form. */
function named(basis: GroundEvidence, { preApprovalId, designationId }: OnFile): Basis {
  if (basis.ground === 'city-interest') return { ground: basis.ground, ...(basis.preApproval && { preApprovalId }) };
  if (basis.ground === 'routine') return { ground: basis.ground, ...(basis.designation && { designationId }) };
  return basis;
}

/** Writes an answer past every form, as nothing in the system does. */
async function slip({ records, needs, now }: Office, id: string, immigration: DisclosureAskedDraft['immigration']) {
  const before = (await records.get(disclosures, id))!;
  await needs.records.write({
    at: now,
    by: { kind: 'system', id: 'test' },
    puts: [put(disclosures, { ...before, asked: { ...before.asked, immigration } } satisfies Disclosure)],
    tells: [{ subject: `disclosure#${id}`, act: 'test', edition: before.edition }],
  });
}

/** The officer approves whatever waits for them, unless this is a combination without their decision. */
async function approve(office: Office, { case: one, id }: Walked): Promise<void> {
  if (!id || one.evidence === 'no-decision') return;
  const { state, decisionId } = await office.disclosure(id);
  if (state !== 'deciding') return;
  const answered = await untilWritten(async () => office.answer(await office.decision(decisionId!)));
  if (answered.kind !== 'answered') throw new Error(JSON.stringify(answered.because));
}
