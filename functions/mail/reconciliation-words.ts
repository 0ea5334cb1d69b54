/** What a mail says when the store and the records do not agree: how many differences, and where they are listed. */
import type { MailAbout, Words } from './said.ts';

export const RECONCILIATION_WORDS: Readonly<Record<'store-differs', (about: MailAbout) => Words>> = {
  'store-differs': ({ site, reconciliation }) => {
    const { id, differences = 0, mended = 0 } = reconciliation ?? {};
    return {
      subject: `Store and records differ: ${differences} on ${id}`,
      lines: [
        `The daily comparison found ${differences === 1 ? 'one difference' : `${differences} differences`} between the files in the store and the records.`,
        mended === differences
          ? 'All were put right at once. Somebody should still ask how they came about.'
          : `${differences - mended} could not be put right by itself. Nothing was removed.`,
        'The page lists each. Look into them, and record what was done.',
      ],
      link: { href: `${site}/retention/reconciliations/${id}`, words: 'Open the comparison' },
    };
  },
};
