/**
 * The reports to the Chief Privacy Officer as letters. They say when they were due and when they are really sent: a late
 * one is marked late by the letter itself.
 */
import { hoursBetween, isAfter, nyText, type Instant } from '../../policies/instant.ts';
import type { ReportMailKind } from '../records/mail-owed.ts';
import type { Report } from './contract.ts';
import { durationText } from './breach-words.ts';
import type { MailAbout, Words } from './said.ts';

export const REPORT_WORDS: Readonly<Record<ReportMailKind, (about: MailAbout) => Words>> = {
  'report-to-privacy-office': ({ report, now }) => ({
    subject: `${isLate(report!, now) ? 'LATE: ' : ''}${report!.title}`,
    lines: [
      'To the Chief Privacy Officer of the City.',
      ...report!.parts.flatMap(({ heading, lines }) => [`${heading.toUpperCase()}`, ...lines]),
      timesOf(report!, now),
      `This report answers: ${report!.answers.join(', ')}.`,
      ...(report!.tables ?? []).flatMap(({ fileName, csv }) => [`${fileName} (comma-separated values):`, csv]),
    ],
    below: [`Report ${report!.id} on ${report!.of.replace('#', ' ')}. SHA-256 of its text: ${report!.sha256}.`],
  }),
  'report-undeliverable': ({ site, report }) => ({
    subject: `A report reached nobody: ${report?.id}`,
    lines: [
      'The mail to the Chief Privacy Officer came back. The report was not made. Send it again, or by another way.',
    ],
    link: { href: `${site}/${pathOf(report!)}`, words: 'Open it' },
  }),
  'quarterly-report-due': ({ site, quarterlyReport }) => ({
    subject: `Compile and send the report of ${quarterlyReport?.id}`,
    lines: [
      'The quarter has ended. Its compilation goes to the Chief Privacy Officer: read it, and send it.',
      `Other quarters that are not sent yet are on the same list: ${site}/quarterly-reports`,
    ],
    link: { href: `${site}/quarterly-reports/${quarterlyReport?.id}`, words: 'Open the report' },
  }),
};

const isLate = ({ due }: Report, now: Instant): boolean => due?.by === 'clause' && isAfter(now, due.at);

function timesOf(report: Report, now: Instant): string {
  const { due } = report;
  const sent = `Sent ${nyText(now)}.`;
  if (!due) return sent;
  if (isLate(report, now))
    return `It was due ${nyText(due.at)}. ${sent} It is late by ${durationText(hoursBetween(due.at, now))}.`;
  return due.by === 'clause' ? `It was due ${nyText(due.at)}. ${sent} It is in time.` : sent;
}

const pathOf = ({ of, about }: Report): string =>
  ({ breach: 'breaches', 'exigent-disclosure': 'disclosures', quarter: 'quarterly-reports' })[about] +
  `/${of.slice(of.indexOf('#') + 1)}`;
