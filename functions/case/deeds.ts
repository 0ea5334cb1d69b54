/** What each form of a case is called and says, and where its page is left to. */
import type { CaseAct } from './acts.ts';

export interface DeedWords {
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  readonly kind?: 'danger';
  /** The part of the case's page that it belongs to. */
  readonly part: string;
}

export const DEEDS: Readonly<Record<Exclude<CaseAct, 'open'>, DeedWords>> = {
  'add-charge': {
    title: 'Add a charge',
    lead: 'A charge by itself does not class the case.',
    submit: 'Add the charge',
    part: 'charges',
  },
  'dispose-charge': {
    title: 'How a charge ended',
    lead: 'A conviction or a plea classes the case, by the offense it is for.',
    submit: 'Record how it ended',
    part: 'charges',
  },
  'record-finding': {
    title: 'What the investigation found',
    lead: 'Where nobody was convicted, the finding classes the case.',
    submit: 'Record the finding',
    part: 'class',
  },
  'class-by-status': {
    title: 'Class the case by a status',
    lead: 'For what lasts by itself, such as a missing person, a missing firearm or an active warrant. Its records then stay permanently.',
    submit: 'Set the status',
    part: 'class',
  },
  'end-status': {
    title: 'A status ended',
    lead: 'The person was located, or the firearm recovered or destroyed.',
    submit: 'Record that it ended',
    part: 'class',
  },
  reclass: {
    title: 'Set the class again',
    lead: 'The status ended. Until the class is set again, the records stay permanently.',
    submit: 'Set the class again',
    part: 'class',
  },
  'add-person': {
    title: 'Add a person',
    lead: 'By their part in the case and the days that its time may be counted from. No names.',
    submit: 'Add the person',
    part: 'people',
  },
  'change-person': {
    title: 'Correct a person',
    lead: 'What stands here replaces what is on file. A day that is left open is not known.',
    submit: 'Correct it',
    part: 'people',
  },
  'move-record': {
    title: 'Move a record to another case',
    lead: 'For a record that was filed here by mistake. It keeps no date from this case.',
    submit: 'Move the record',
    part: 'kept',
  },
  close: {
    title: 'Close the case',
    lead: 'An investigation is closed when one of four things holds. Nothing is destroyed by closing it.',
    submit: 'Close the case',
    part: '',
  },
  reopen: {
    title: 'Open the case again',
    lead: 'No time runs while it is open, and everything of it is kept.',
    submit: 'Open it again',
    part: '',
  },
  merge: {
    title: 'Merge the case into another',
    lead: 'The other case takes over its charges, people and records. A merge is not undone.',
    submit: 'Merge it for good',
    kind: 'danger',
    part: '',
  },
};

export const isDeed = (name: string): name is keyof typeof DEEDS => Object.hasOwn(DEEDS, name);
