/**
 * The department around a disclosure, on any records: the demonstration people, kept images, files that arrive, a clock
 * that is set by hand, and a disclosure brought as far as a test needs it. The workflow's steps are called as the
 * workflow calls them; nothing delivers the outbox, so a test sees each note as it was written.
 */
import { PEOPLE } from '../../../demo/people.ts';
import { answerDecision, type Answered, type Answering } from '../../../functions/decision/answer-decision.ts';
import { askForDecision } from '../../../functions/decision/ask-for-decision.ts';
import { decisions, type Decision } from '../../../functions/decision/contract.ts';
import { deliveries, type Delivery } from '../../../functions/delivery/contract.ts';
import { askRecipientToCollect } from '../../../functions/disclosure/ask-recipient-to-collect.ts';
import { checkDisclosure, type Onward } from '../../../functions/disclosure/check-disclosure.ts';
import { disclosures, type Disclosure } from '../../../functions/disclosure/contract.ts';
import { encloseCount, encloseImage } from '../../../functions/disclosure/enclose.ts';
import type { Acting, DisclosureNeeds, Done } from '../../../functions/disclosure/needs.ts';
import { openDisclosure, type DisclosureAskedDraft } from '../../../functions/disclosure/open-disclosure.ts';
import { releaseDisclosure } from '../../../functions/disclosure/release-disclosure.ts';
import { sendDisclosure } from '../../../functions/disclosure/send-disclosure.ts';
import type { Image } from '../../../functions/image/contract.ts';
import { newId } from '../../../functions/edge/system.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { persons, type Person } from '../../../functions/records/standing.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';
import type { RegisteredAgreement } from '../../../functions/register/contract.ts';
import { instantOf, plusMinutes, type Instant } from '../../../policies/instant.ts';
import { recordsInMemory, type RecordsInMemory } from '../../records-in-memory.ts';
import { recordedAnew } from '../recorded-anew.ts';
import { startTable } from '../../records-table.ts';
import { signer } from '../records/signer.ts';
import { AGREEMENT, agreementOnFile, CASE, Files, keptImage } from './furniture.ts';

export const CHIEF = 'cpo@city.example';

export { AGREEMENT, CASE } from './furniture.ts';

export class Office<Of extends Records = Records> {
  readonly records: Of;
  readonly files = new Files();
  readonly stop: () => Promise<void>;
  /** Set where a host owns the time. */
  clock: (() => Instant) | undefined;
  #now: Instant = instantOf('2026-11-24T15:00:00Z');
  #key: ReturnType<typeof signer> | undefined;

  constructor(records: Of, stop: () => Promise<void> = async () => undefined) {
    this.records = records;
    this.stop = stop;
  }

  /** Signs the answers of the privacy office. Made when it is first needed. */
  get key(): ReturnType<typeof signer> {
    return (this.#key ??= signer());
  }

  get now(): Instant {
    return this.clock?.() ?? this.#now;
  }

  set now(at: Instant) {
    this.#now = at;
  }

  get needs(): DisclosureNeeds & { readonly sign: ReturnType<typeof signer>['sign'] } {
    return {
      records: this.records,
      now: () => this.now,
      newId,
      enclosed: this.files,
      chiefPrivacyOfficer: CHIEF,
      sign: (text) => this.key.sign(text),
    };
  }

  later(minutes: number): void {
    this.now = plusMinutes(this.now, minutes);
  }

  days(days: number): void {
    this.later(days * 24 * 60);
  }

  /** Records a demonstration person anew, with these changes. */
  change(id: string, over: Record<string, unknown> = {}): Promise<void> {
    return recordedAnew(this.needs, id, over);
  }

  async acting(id = 'p-ortiz'): Promise<Acting & Person> {
    const person = (await this.records.get(persons, id))!;
    return { ...person, personId: person.id };
  }

  /** What a lawful disclosure of a kept image says: to a prosecutor, because the law requires it. */
  asked(over: Partial<DisclosureAskedDraft> = {}): DisclosureAskedDraft {
    return {
      technology: 'mobile-x-ray',
      disclosureType: 'evidence-for-prosecution',
      about: 'The truck of the case on First Avenue',
      aboutWhom: 'The driver',
      addressee: {
        name: 'Ada Prosecutor',
        organization: 'District Attorney',
        email: 'ada@da.example',
        government: true,
        iceOrCbp: false,
      },
      recipient: { kind: 'prosecutor', matter: { caseNumber: CASE, hasJurisdiction: true } },
      immigration: { furthers: 'no', recipientEnforces: false },
      identity: { outcome: 'confirmed', how: 'Called back at the office' },
      affiliation: { outcome: 'confirmed', how: 'Listed at the office' },
      lawfulness: { outcome: 'lawful', because: 'Discovery law requires it' },
      basis: { ground: 'required-by-law', law: 'CPL 245.20(1), automatic discovery' },
      agreement: { kind: 'agreement', agreementId: AGREEMENT },
      way: 'page',
      ...over,
    };
  }

  /** Ground 6: a crime, which no officer has to sign off. */
  crime(over: Partial<DisclosureAskedDraft> = {}): DisclosureAskedDraft {
    return this.asked({ basis: { ground: 'crime', caseNumber: CASE }, ...over });
  }

  async opened(over: Partial<DisclosureAskedDraft> = {}, who = 'p-ortiz'): Promise<Disclosure> {
    const answer = await openDisclosure(this.needs, { person: await this.acting(who), asked: this.asked(over) });
    if (answer.kind !== 'opened') throw new Error(JSON.stringify(answer.because));
    return answer.disclosure;
  }

  /** Opened, with as many kept images enclosed (a number for other technologies), not sent. */
  async prepared(over: Partial<DisclosureAskedDraft> = {}, count = 1, who = 'p-ortiz'): Promise<Disclosure> {
    const { id } = await this.opened(over, who);
    const person = await this.acting(who);
    for (let each = 1; each <= count; each++) {
      const given = { disclosureId: id, person, label: `View ${each}` };
      const done =
        (over.technology ?? 'mobile-x-ray') === 'mobile-x-ray'
          ? await encloseImage(this.needs, { ...given, imageId: (await this.image()).id })
          : await encloseCount(this.needs, { ...given, text: 'Seven stops' });
      if (done.kind !== 'done') throw new Error(JSON.stringify(done));
    }
    return this.disclosure(id);
  }

  async sent(over: Partial<DisclosureAskedDraft> = {}, count = 1): Promise<Disclosure> {
    const { id } = await this.prepared(over, count);
    return done(await this.send(id));
  }

  send(disclosureId: string, answerToOfficer?: string, who = 'p-ortiz'): Promise<Done> {
    return untilWritten(async () =>
      sendDisclosure(this.needs, {
        disclosureId,
        person: await this.acting(who),
        ...(answerToOfficer !== undefined && { answerToOfficer }),
      }),
    );
  }

  check(disclosureId: string): Promise<Onward> {
    return untilWritten(() => checkDisclosure(this.needs, { disclosureId }));
  }

  release(disclosureId: string) {
    return untilWritten(() => releaseDisclosure(this.needs, { disclosureId }));
  }

  /** Sent and put to the officer, whose workflow waits with the token `token`. */
  async deciding(over: Partial<DisclosureAskedDraft> = {}, count = 1): Promise<Decision> {
    const { id } = await this.sent(over, count);
    return this.asking(id);
  }

  async asking(disclosureId: string): Promise<Decision> {
    const onward = await this.check(disclosureId);
    if (onward.kind !== 'sign-off') throw new Error(`the check answered ${onward.kind}`);
    await askForDecision(this.needs, { decisionId: onward.decisionId, token: 'token' });
    return this.decision(onward.decisionId);
  }

  /** The answer of whoever was asked last, from the desk. */
  async answer(decision: Decision, over: Partial<Answering> = {}): Promise<Answered> {
    const person = await this.acting(decision.asked.at(-1)?.personId ?? 'p-okafor');
    return answerDecision(this.needs, {
      decisionId: decision.id,
      person,
      door: { kind: 'desk' },
      answer: 'approve',
      reason: 'The subpoena covers exactly this',
      shownHash: decision.shownHash,
      ...over,
    });
  }

  /** Approved by the officer, checked, and free to be released. */
  async approved(over: Partial<DisclosureAskedDraft> = {}, count = 1, kept?: readonly string[]): Promise<Disclosure> {
    const decision = await this.deciding(over, count);
    const answered = await this.answer(decision, kept ? { kept } : {});
    if (answered.kind !== 'answered') throw new Error(JSON.stringify(answered.because));
    const id = disclosureIdOf(decision);
    const onward = await this.check(id);
    if (onward.kind !== 'release') throw new Error(`the check answered ${JSON.stringify(onward)}`);
    return this.disclosure(id);
  }

  /** Released, with a workflow that waits for the receipt. */
  async released(over: Partial<DisclosureAskedDraft> = {}, count = 1): Promise<Disclosure> {
    const { id } = await this.sent({ basis: { ground: 'crime', caseNumber: CASE }, ...over }, count);
    await this.check(id);
    const released = await this.release(id);
    if (released.kind === 'look-again') throw new Error('it was not released');
    if (released.kind === 'collect')
      await askRecipientToCollect(this.needs, { disclosureId: id, token: 'collect-token' });
    return this.disclosure(id);
  }

  /** A kept image of a case that is the member's duty. */
  image(over: Partial<Image['filed']> = {}, who = 'p-ortiz', state: Image['state'] = 'kept'): Promise<Image> {
    return keptImage(this, over, who, state);
  }

  /** Puts an agreement on file, or ends it. */
  agreement(over: Partial<RegisteredAgreement> = {}): Promise<void> {
    return agreementOnFile(this, over);
  }

  async disclosure(id: string): Promise<Disclosure> {
    return (await this.records.get(disclosures, id))!;
  }

  async decision(id: string): Promise<Decision> {
    return (await this.records.get(decisions, id))!;
  }

  async delivery({ release }: Disclosure): Promise<Delivery> {
    return (await this.records.get(deliveries, release!.deliveryId))!;
  }

  async mailsAbout(id: string): Promise<readonly Mail[]> {
    return (await this.records.ofSubject(mails, `disclosure#${id}`)).records;
  }

  /** The kinds of mails that were owed about it, sorted. */
  async mailKinds(id: string): Promise<readonly string[]> {
    return (await this.mailsAbout(id)).map(({ kind }) => kind).toSorted();
  }

  /** The acts the ledger tells of a disclosure, oldest first. */
  async acts(id: string): Promise<readonly string[]> {
    return (await this.records.ledgerOf(`disclosure#${id}`)).map(({ act }) => act);
  }
}

export const disclosureIdOf = ({ on }: Pick<Decision, 'on'>): string => on.slice('disclosure#'.length);

/** The disclosure of an act that was done; throws with the refusals when it was not. */
export function done(answer: Done): Disclosure {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.disclosure;
}

export async function furnished<Of extends Records>(office: Office<Of>): Promise<Office<Of>> {
  for (const { personId } of PEOPLE) await office.change(personId);
  await office.agreement();
  return office;
}

export async function startOffice(): Promise<Office> {
  const table = await startTable();
  return furnished(new Office(table.records, () => table.stop()));
}

export const officeInMemory = (): Promise<Office<RecordsInMemory>> => furnished(new Office(recordsInMemory()));
