/**
 * The shape of a published policy edition: its clauses by section, its tables, its figures, and the
 * few facts that rules ask of it. Everything a rule needs from the policy comes through here, so that
 * an act is judged by the edition in force when it happened.
 */
import type { CalendarDate } from '../calendar-date.ts';
import type { ClauseKind, Enforcement, PolicyClause } from '../clause.ts';
import type { Instant } from '../instant.ts';
import type { HouseNumbers } from './house.ts';

/** The editions that are held whole: those of mobile x-ray. */
export type EditionId = 'xray-2021' | 'xray-2026';
/** Every edition of which something is held; of the other technologies so far what leaves, and to whom. */
export type PublishedEditionId = EditionId | 'portable-device-2026' | 'digital-camera-2026' | 'plate-reader-2026';
export type Technology = 'mobile-x-ray' | 'portable-electronic-device' | 'digital-camera' | 'license-plate-reader';

/** What the device may be pointed at, and three things somebody may ask for that it never is. */
export type PermittedTarget = 'motor-vehicle' | 'truck' | 'temporary-enclosed-structure' | 'similar-object';
export type ForbiddenTarget = 'person' | 'home' | 'building';
export type TargetKind = PermittedTarget | ForbiddenTarget;

export interface Section {
  readonly id: string;
  /** The section heading as printed. */
  readonly title: string;
  readonly clauses: readonly PolicyClause[];
}

/** One printed dose: two figures that ought to be the same amount, and whether they are. */
export interface PrintedDose {
  readonly mrem: number;
  /** The second figure as printed, and its unit as printed. */
  readonly printed: { readonly amount: number; readonly unit: 'urem' | 'uR' };
  readonly consistent: boolean;
  /** Why the pair cannot be right; absent when it is consistent. */
  readonly note?: string;
}

/** Exposure at a distance, as a printed range. */
export interface DoseFigure {
  readonly clause: string;
  readonly feet: number;
  readonly seconds: number;
  readonly upper: PrintedDose;
  readonly lower: PrintedDose;
}

/** A word that is shown as published although it is evidently not what was meant. */
export interface PrintedSlip {
  readonly clause: string;
  readonly printed: string;
  readonly note: string;
}

/** How soon the City's Chief Privacy Officer is told of a disclosure that broke the law. */
export type BreachReport =
  | { readonly within: 'hours'; readonly hours: number; readonly clause: string }
  | { readonly within: 'as-soon-as-practicable'; readonly clause: string };

/** Whom outside the department an edition lets reach its systems directly. */
export interface DirectAccess {
  readonly to: 'nobody' | 'agencies-by-agreement' | 'new-jersey-plate-search';
  readonly clause: string;
}

/** What every edition has, however much of it is held. */
export interface PublishedEdition {
  readonly id: PublishedEditionId;
  readonly technology: Technology;
  readonly title: string;
  /** File name of the published text this edition was read from. */
  readonly document: string;
  readonly from: CalendarDate;
  /** Last day in force; absent for the current edition. */
  readonly until?: CalendarDate;
  readonly sections: readonly Section[];
  readonly breachReport: BreachReport;
  readonly directAccess: DirectAccess;
}

/** An edition of mobile x-ray, with everything the rules of its use ask of it. */
export interface Edition extends PublishedEdition {
  readonly id: EditionId;
  readonly technology: 'mobile-x-ray';
  readonly revisions: readonly { readonly date: CalendarDate; readonly description: string }[];
  /** The table of changes between draft and final, and which draft it really describes. */
  readonly changes: {
    readonly describes: EditionId;
    readonly rows: readonly { readonly update: string; readonly description: string }[];
  };
  readonly doses: readonly DoseFigure[];
  readonly slips: readonly PrintedSlip[];

  readonly permittedTargets: readonly PermittedTarget[];
  /** Makers of the devices the edition describes; empty when it names none, and then any maker is covered. */
  readonly manufacturers: readonly string[];
  /** What a use rests on instead of a court's authorization. */
  readonly legalBasis: { readonly kind: 'special-needs-exception'; readonly clause: string };
  /** Id of the clause by which plates, faces and biometrics are not read off an image. */
  readonly noRecognition: string;
  /** When a listed characteristic bars police action: as any of the reasons, or only as the sole one. */
  readonly characteristicBars: { readonly when: 'any-reason' | 'sole-reason'; readonly clause: string };
}

/** The edition and the department's own numbers: what every rule is asked under. */
export interface Policy {
  readonly edition: Edition;
  readonly house: HouseNumbers;
}

/** As `Policy`, for rules that hold for every technology: disclosure and breach. */
export interface PublishedPolicy {
  readonly edition: PublishedEdition;
  readonly house: HouseNumbers;
}

/** What every rule looks like; one that holds for every technology is asked under a PublishedPolicy. */
export type Rule<Facts, Answer, Under extends PublishedPolicy = Policy> = (
  facts: Facts,
  policy: Under,
  now: Instant,
) => Answer;

/** One clause of a section, before the section's own particulars are added. */
export interface ClauseText {
  readonly id: string;
  readonly kind: ClauseKind;
  readonly enforce: Enforcement;
  readonly text: string;
  readonly sameAs?: readonly string[];
}

export interface SectionOf {
  readonly document: string;
  readonly from: CalendarDate;
  readonly until?: CalendarDate;
}

/** Builds a section: each clause gets its citation, its dates and its authority. */
export function section(of: SectionOf, id: string, title: string, texts: readonly ClauseText[]): Section {
  const clauses = texts.map((clause): PolicyClause => ({
    ...clause,
    authority: 'agency-policy',
    cite: `${of.document}, "${title}"`,
    section: id,
    from: of.from,
    ...(of.until ? { until: of.until } : {}),
    sameAs: clause.sameAs ?? [],
  }));
  return { id, title, clauses };
}
