/** Cases on a real table, for tests of acts and pages: people with the roles of the demonstration, and what is kept. */
import { closeCase } from '../../../functions/case/close-case.ts';
import { openCase } from '../../../functions/case/open-case.ts';
import { cardsLine, cases, type Case } from '../../../functions/case/contract.ts';
import type { CaseAnswer } from '../../../functions/case/needs.ts';
import { recordFinding } from '../../../functions/case/record-finding.ts';
import { caseLine, dutyLine, images, type Image } from '../../../functions/image/contract.ts';
import { put } from '../../../functions/records/change.ts';
import { recalculations, retentionCards, type RetentionCard } from '../../../functions/retention/contract.ts';
import { calendarDate } from '../../../policies/calendar-date.ts';
import type { Refusal } from '../../../policies/ruling.ts';
import { startBureau, type Bureau } from '../bureau.ts';

/** An investigator, a records officer, an auditor, and a captain who keeps no cases. */
export const INVESTIGATOR = { personId: 'p-ortiz' };
export const OFFICER = { personId: 'p-vance' };
export const SYSTEM = { system: 'case-management' };
export const day = calendarDate;
export const REASON = 'The laboratory sent a second report';

export class CaseWorld {
  readonly bureau: Bureau;
  #next = 0;
  constructor(bureau: Bureau) {
    this.bureau = bureau;
  }

  get records() {
    return this.bureau.records;
  }
  get needs() {
    return this.bureau.needs;
  }

  number(): string {
    this.#next += 1;
    return `2026-${String(this.#next).padStart(5, '0')}`;
  }

  /** A case that was opened on 1 October 2026 by the investigator. */
  async opened(caseNumber = this.number(), by: { personId: string } | { system: string } = INVESTIGATOR) {
    const answer = await openCase(this.needs, { caseNumber, openedOn: day('2026-10-01') }, by);
    return done(answer);
  }

  /** A case closed without an arrest, classed by what was found. */
  async closed(caseNumber = this.number()): Promise<Case> {
    await this.opened(caseNumber);
    done(await recordFinding(this.needs, { caseNumber, finding: 'no-offense-by-adult' }, INVESTIGATOR));
    const closing = { caseNumber, on: day('2026-11-01'), ground: 'no-arrest' } as const;
    return done(await closeCase(this.needs, closing, INVESTIGATOR));
  }

  async read(caseNumber: string): Promise<Case> {
    return (await this.records.get(cases, caseNumber))!;
  }

  async acts(caseNumber: string): Promise<readonly string[]> {
    return (await this.records.ledgerOf(`case#${caseNumber}`)).map(({ act }) => act);
  }

  async recalculation(id: string | undefined) {
    return id ? this.records.get(recalculations, id) : undefined;
  }

  /** A card of an image that is kept for a case, with its lines, as keeping an image writes them. */
  async kept(caseNumber: string, over: Partial<RetentionCard> = {}): Promise<string> {
    const id = over.id ?? this.needs.newId('X');
    const card: RetentionCard = {
      id,
      version: 0,
      state: 'kept',
      kind: 'image',
      technology: 'mobile-x-ray',
      about: `image#${id}`,
      keptAt: this.bureau.now,
      caseNumbers: [caseNumber],
      files: [],
      holdIds: [],
      keeping: { kind: 'keep', classId: 'open-case', why: [{ clause: 'XR26-RET-07', text: 'The case is open.' }] },
      workedOutFrom: { cases: {}, at: this.bureau.now },
      lock: { legalHold: true, classId: 'open-case' },
      ...over,
    };
    const isImage = card.kind === 'image';
    await this.records.write({
      at: this.bureau.now,
      by: { kind: 'system', id: 'test' },
      puts: [put(retentionCards, card), ...(isImage ? [put(images, imageOf(id, caseNumber, this.bureau.now))] : [])],
      tells: [{ subject: `retention#${id}`, act: 'record kept' }],
      lines: [{ from: cardsLine(caseNumber), to: id }, ...(isImage ? [{ from: caseLine(caseNumber), to: id }] : [])],
    });
    return id;
  }

  /** Passes a case on to somebody, as sharing an image does. */
  duty(personId: string, caseNumber: string): Promise<void> {
    return this.records.write({
      at: this.bureau.now,
      by: { kind: 'system', id: 'test' },
      puts: [],
      tells: [{ subject: `person#${personId}`, act: 'duty given' }],
      lines: [{ from: dutyLine(personId), to: caseNumber }],
    });
  }

  async card(id: string): Promise<RetentionCard> {
    return (await this.records.get(retentionCards, id))!;
  }

  stop(): Promise<void> {
    return this.bureau.stop();
  }
}

export const startCases = async (): Promise<CaseWorld> => new CaseWorld(await startBureau());

/** The case of an answer that was done; throws with the refusals otherwise. */
export function done(answer: CaseAnswer): Case {
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.case;
}

export const refusalsOf = (answer: { readonly kind: string; readonly because?: readonly Refusal[] }) =>
  (answer.because ?? []).map(({ clause, field, found }) => `${clause} ${field}: ${found}`);

const imageOf = (id: string, caseNumber: string, at: Image['filedAt']): Image =>
  ({
    id,
    version: 0,
    state: 'kept',
    requestId: 'R-1',
    filed: { caseNumber, deploymentId: 'D-1', deviceId: 'x-ray-1', relevance: 'It shows a void', personInImage: false },
    uploaderId: 'p-kim',
    uploaderRoles: ['ctb-operator'],
    filedAt: at,
    edition: 'xray-2026',
    incomingKey: `incoming/${id}/original`,
    uploadEndsAt: at,
    step: 'Image kept',
  }) as unknown as Image;
