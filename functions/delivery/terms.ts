/** The terms a recipient takes it under, in plain words: on the page, in the receipt and in a sealed package. */
import type { Disclosure } from '../disclosure/contract.ts';

export function termsOf({ asked }: Pick<Disclosure, 'asked'>): readonly string[] {
  const { agreement, recipient } = asked;
  return [
    'It was released for the purpose that was stated for it, and is used for nothing else.',
    recipient.kind === 'prosecutor'
      ? 'It goes to the defence under the laws of criminal discovery. It goes to nobody else without the written approval of the department.'
      : 'It goes to nobody else without the written approval of the department, unless a law requires it.',
    'It is not used to further immigration enforcement.',
    ...(agreement?.kind === 'agreement'
      ? [`The agreement with the department about its use applies; its number is ${agreement.agreementId}.`]
      : []),
    'If the department takes it back, it is destroyed, and the department is told so.',
  ];
}

/** What is confirmed with the receipt. */
export const RECEIPT_STATEMENT = 'I received what is listed here, and I keep to the terms above.';
