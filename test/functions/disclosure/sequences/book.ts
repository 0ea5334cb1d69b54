/**
 * What is so around disclosures, as the steps of a sequence have brought it about: who holds the privacy office, what is
 * on file, which images are kept. Written from what was done, never read from a record.
 */
import type { CalendarDate } from '../../../../policies/calendar-date.ts';
import type { RecipientKind } from '../../../../policies/editions/disclosure-grounds.ts';
import { nyDate, type Instant } from '../../../../policies/instant.ts';

export interface Member {
  readonly active: boolean;
  readonly inLegalBureau: boolean;
  readonly isPrivacyOfficer: boolean;
  /** Its first and its last instant count. */
  readonly office?: { readonly from: Instant; readonly until?: Instant };
}

export interface Entry {
  readonly kind: 'agreement' | 'pre-approval' | 'routine-designation';
  readonly from: CalendarDate;
  readonly until?: CalendarDate;
  /** Kinds of disclosure, or ids of single ones. */
  readonly covers: readonly string[];
  readonly recipients: readonly RecipientKind[];
  readonly recordedAt: Instant;
  readonly endedAt?: Instant;
}

const NOBODY: Member = { active: false, inLegalBureau: false, isPrivacyOfficer: false };

export class Book {
  readonly members: Map<string, Member>;
  readonly entries: Map<string, Entry>;
  readonly imagesGone = new Set<string>();

  constructor(from?: Book) {
    this.members = new Map(from?.members);
    this.entries = new Map(from?.entries);
  }

  member(id: string, over: Partial<Member>): void {
    this.members.set(id, { ...(this.members.get(id) ?? NOBODY), ...over });
  }

  /** From this moment at the latest. What ended stays ended as it did. */
  endOffice(id: string, at: Instant): void {
    const { office } = this.members.get(id) ?? NOBODY;
    if (!office) return;
    const { office: _, ...without } = this.members.get(id)!;
    if (at < office.from) this.members.set(id, without);
    else if (!office.until || office.until > at) this.member(id, { office: { ...office, until: at } });
  }

  endEntry(id: string, at: Instant): void {
    const entry = this.entries.get(id);
    if (entry && !entry.endedAt) this.entries.set(id, { ...entry, endedAt: at });
  }

  holdsOffice(id: string, at: Instant): boolean {
    const { active, inLegalBureau, isPrivacyOfficer, office } = this.members.get(id) ?? NOBODY;
    if (!active || !inLegalBureau || !isPrivacyOfficer || !office) return false;
    return office.from <= at && (!office.until || at <= office.until);
  }

  /** The entry, if it was there by then, on one of its days in New York, and not ended. */
  goodEntry(kind: Entry['kind'], id: string | undefined, at: Instant): Entry | undefined {
    const entry = id === undefined ? undefined : this.entries.get(id);
    if (entry?.kind !== kind || entry.recordedAt > at || entry.endedAt) return undefined;
    const today = nyDate(at);
    return entry.from <= today && (!entry.until || today <= entry.until) ? entry : undefined;
  }
}
