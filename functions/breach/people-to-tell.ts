import type { Instant } from '../../policies/instant.ts';
import type { NoticeAttempt } from '../../policies/rules/individual-notice.ts';
import type { Acted, BreachNeeds, OnBreach } from './needs.ts';

export interface AddPerson extends OnBreach {
  readonly name: string;
  readonly address: string;
  readonly email?: string;
  readonly minorOrNotCompetent: boolean;
}

export async function addPerson(_needs: BreachNeeds, _given: AddPerson): Promise<Acted> {
  throw new Error('not written');
}

export interface MailNotice extends OnBreach {
  readonly personRef: string;
}

export async function mailNotice(_needs: BreachNeeds, _given: MailNotice): Promise<Acted> {
  throw new Error('not written');
}

export interface NoteAttempt extends OnBreach {
  readonly personRef: string;
  readonly way: NoticeAttempt['way'];
  readonly outcome: NoticeAttempt['outcome'];
  readonly at: Instant;
}

export async function noteAttempt(_needs: BreachNeeds, _given: NoteAttempt): Promise<Acted> {
  throw new Error('not written');
}
