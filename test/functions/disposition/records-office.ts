/**
 * The records office on any records: what is kept and due (keeping-office.ts), proposed, signed, destroyed and certified.
 * Steps are called as the workflow calls them; nothing delivers the outbox unless a test does.
 */
import { answerDecision, type Answering } from '../../../functions/decision/answer-decision.ts';
import { askForDecision } from '../../../functions/decision/ask-for-decision.ts';
import { decisions, type Decision } from '../../../functions/decision/contract.ts';
import { checkDisposition } from '../../../functions/disposition/check-disposition.ts';
import {
  certificates,
  dispositions,
  type Disposition,
  type ListedRecord,
  type SigningOffice,
} from '../../../functions/disposition/contract.ts';
import { destroyRecords } from '../../../functions/disposition/destroy-records.ts';
import { objectToDisposal } from '../../../functions/disposition/object-to-disposal.ts';
import { proposeDispositions } from '../../../functions/disposition/propose-dispositions.ts';
import { settleDisposition } from '../../../functions/disposition/settle-disposition.ts';
import { keyOf } from '../../../functions/records/entity.ts';
import { mails, type Mail } from '../../../functions/records/mail-owed.ts';
import type { Records } from '../../../functions/records/records.aws.ts';
import { persons, type Person } from '../../../functions/records/standing.ts';
import { untilWritten } from '../../../functions/records/until-written.ts';

import { KeepingOffice } from './keeping-office.ts';

export const WHY = 'The period is over and nothing asks for more';
export const SIGNERS: Readonly<Record<SigningOffice, string>> = {
  'records-officer': 'p-dunne',
  'law-department': 'p-moreau',
  'records-commissioner': 'p-ito',
};
export class RecordsOffice<Of extends Records = Records> extends KeepingOffice<Of> {
  propose = () => proposeDispositions(this.needs);

  async batches(): Promise<readonly Disposition[]> {
    const found = await Promise.all(
      ['open', 'ended'].map((which) => this.records.ofSubject(dispositions, `dispositions#${which}`)),
    );
    return found.flatMap(({ records }) => records);
  }

  /** The one batch that is proposed of what is due. */
  async proposed(): Promise<Disposition> {
    await this.propose();
    const open = (await this.batches()).filter(({ state }) => state === 'proposed');
    if (open.length !== 1) throw new Error(`${open.length} batches are proposed`);
    return open[0]!;
  }

  /** A batch past its grace, put to the three offices. */
  async signing(): Promise<Disposition> {
    const { id } = await this.proposed();
    this.days(8);
    await this.check(id);
    for (const { decisionId } of (await this.batch(id)).decisions)
      await askForDecision(this.needs, { decisionId, token: `token of ${decisionId}` });
    return this.batch(id);
  }

  check = (dispositionId: string) => untilWritten(() => checkDisposition(this.needs, { dispositionId }));
  settle = (dispositionId: string) => untilWritten(() => settleDisposition(this.needs, { dispositionId }));
  object = (dispositionId: string, cardId: string, reason = 'Asked for by a court', who = 'p-vance') =>
    untilWritten(async () =>
      objectToDisposal(this.needs, {
        dispositionId,
        cardId,
        reason,
        personId: who,
        roles: (await this.person(who)).roles,
      }),
    );

  async answering(disposition: Disposition, office: SigningOffice, over: Partial<Answering> = {}): Promise<Answering> {
    const decision = await this.decisionOf(disposition, office);
    const person = await this.person(SIGNERS[office]);
    return {
      decisionId: decision.id,
      person: { ...person, personId: person.id },
      door: { kind: 'desk' },
      answer: 'approve',
      reason: WHY,
      shownHash: decision.shownHash,
      ...over,
    };
  }
  async sign(disposition: Disposition, office: SigningOffice, over: Partial<Answering> = {}) {
    const given = await this.answering(disposition, office, over);
    return untilWritten(() => answerDecision(this.needs, given));
  }

  /** A batch that all three have signed, whose destruction may begin. */
  async signed(): Promise<Disposition> {
    const disposition = await this.signing();
    for (const office of Object.keys(SIGNERS) as SigningOffice[]) {
      const answered = await this.sign(disposition, office);
      if (answered.kind !== 'answered') throw new Error(JSON.stringify(answered.because));
    }
    await this.check(disposition.id);
    return this.batch(disposition.id);
  }

  /** Every record of the signed list, as the map gives them to its children. */
  async destroy({ id, list }: Disposition) {
    const records = JSON.parse((await this.files.text(list.key))!) as ListedRecord[];
    return destroyRecords(this.needs, { dispositionId: id, records });
  }

  async batch(id: string): Promise<Disposition> {
    return (await this.records.get(dispositions, id))!;
  }
  async person(id: string): Promise<Person> {
    return (await this.records.get(persons, id))!;
  }
  async decisionOf({ decisions: asked }: Disposition, office: SigningOffice): Promise<Decision> {
    return (await this.records.get(decisions, asked.find((one) => one.office === office)!.decisionId))!;
  }
  async certificate(id: string) {
    return this.records.get(certificates, id);
  }
  async mailsAbout(id: string): Promise<readonly Mail[]> {
    return (await this.records.ofSubject(mails, keyOf('disposition', id))).records;
  }
  async acts(subject: string): Promise<readonly string[]> {
    return (await this.records.ledgerOf(subject)).map(({ act }) => act);
  }
}
