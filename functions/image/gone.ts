/** Why an image that was destroyed is not opened. */
import type { Policy } from '../../policies/editions/edition.ts';
import type { Refusal } from '../../policies/ruling.ts';

export const gone = ({ edition }: Policy): Refusal => ({
  // The clause by which a schedule governs; clauses of retention are in editions of their own.
  clause: edition.id === 'xray-2021' ? 'XR21-RET-02' : 'XR26-RET-05',
  field: 'image',
  found: 'an image that was destroyed under the retention schedule',
  expected: 'an image that is kept',
  todo: 'read on its page by which schedule and certificate it was destroyed; nothing of what it showed is left',
});
