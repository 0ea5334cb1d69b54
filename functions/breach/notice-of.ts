import type { PublishedPolicy } from '../../policies/editions/edition.ts';
import type { Instant } from '../../policies/instant.ts';
import type { IndividualNotice } from '../../policies/rules/individual-notice.ts';
import type { Breach } from './contract.ts';

/** As the rule answers, or that a notice is owed and nobody is named yet. */
export type Notice = IndividualNotice | { readonly kind: 'owed-to-nobody-named' };

export function noticeOf(_breach: Breach, _policy: PublishedPolicy, _now: Instant): Notice {
  throw new Error('not written');
}
