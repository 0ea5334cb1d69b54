/** Holds in the words an officer uses. */
import { nyDateText } from '../../policies/instant.ts';
import type { Technology } from '../../policies/editions/edition.ts';
import type { Choice, TagKind } from '../edge/fields.tsx';
import type { Hold, HoldKind, HoldScope } from './contract.ts';

export const KIND_LABELS: Readonly<Record<HoldKind, string>> = {
  litigation: 'Litigation',
  discovery: 'Discovery',
  foil: 'Freedom of information request',
  audit: 'Audit',
  investigation: 'Investigation',
};

export const KIND_CHOICES: readonly Choice[] = [
  {
    value: 'litigation',
    label: KIND_LABELS.litigation,
    hint: 'A lawsuit or a claim against the City, or one that is to be expected.',
  },
  { value: 'discovery', label: KIND_LABELS.discovery, hint: 'What a prosecutor or a court has to be given.' },
  { value: 'foil', label: KIND_LABELS.foil, hint: 'A request or an appeal that is not decided.' },
  { value: 'audit', label: KIND_LABELS.audit, hint: 'Until the report is received.' },
  {
    value: 'investigation',
    label: KIND_LABELS.investigation,
    hint: 'An inquiry of the department or of another body.',
  },
];

export const STATE_LABELS: Readonly<Record<Hold['state'], readonly [words: string, kind: TagKind]>> = {
  placing: ['binds; records are being told', 'good'],
  placed: ['binds', 'good'],
  releasing: ['released; dates are being worked out', 'waiting'],
  released: ['released', 'plain'],
};

export const TECHNOLOGY_LABELS: Readonly<Record<Technology, string>> = {
  'mobile-x-ray': 'Mobile x-ray',
  'portable-electronic-device': 'Portable electronic device',
  'digital-camera': 'Digital camera',
  'license-plate-reader': 'License plate reader',
};

const several = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

export function scopeText(scope: HoldScope): string {
  switch (scope.kind) {
    case 'records':
      return `${several(scope.ids.length, 'record', 'records')} by number`;
    case 'cases':
      return `everything kept for ${
        scope.caseNumbers.length === 1 ? `case ${scope.caseNumbers[0]}` : `${scope.caseNumbers.length} cases`
      }, also what is filed later`;
    case 'matching': {
      const { technology, capturedFrom, capturedUntil, deviceId } = scope.matching;
      return [
        'everything',
        technology && `of ${TECHNOLOGY_LABELS[technology].toLowerCase()}`,
        deviceId && `from device ${deviceId}`,
        capturedFrom && `captured from ${nyDateText(capturedFrom)}`,
        capturedUntil && `captured until ${nyDateText(capturedUntil)}`,
        'also what is filed later',
      ]
        .filter(Boolean)
        .join(', ')
        .replace('everything, ', 'everything ');
    }
  }
}
