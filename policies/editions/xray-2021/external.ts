/**
 * The 2021 mobile x-ray edition: outside entities, disclosure and what follows a wrongful one.
 *
 * It differs from 2026 in two things: agencies could have limited access by written agreement, and a
 * wrongful disclosure was to be reported as soon as practicable, without an hour.
 */
import { section, type SectionOf } from '../edition.ts';

/** Ids of the 2026 edition, written 'EXT-02' for short. */
const twins = (...ids: readonly string[]) => ids.map((id) => `XR26-${id}`);

export const externalSection = (of: SectionOf) =>
  section(of, 'external', 'External entities', [
    {
      id: 'XR21-EXT-01',
      kind: 'prohibition',
      enforce: 'gate',
      text: "An outside entity names a location, event or address; the bureau's executives decide; trained members operate; custody stays with the department.",
      sameAs: twins('USE-06', 'EXT-02', 'EXT-03'),
    },
    {
      id: 'XR21-EXT-02',
      kind: 'permission',
      enforce: 'gate',
      text: 'The same as in 2026: turnover to the prosecutor and through them to the defendant, requests of other agencies, partners for three kinds of proceeding, and three purposes for community leaders, civic organizations and media.',
      sameAs: twins('EXT-04', 'EXT-05', 'EXT-07'),
    },
    {
      id: 'XR21-EXT-03',
      kind: 'permission',
      enforce: 'gate',
      text: 'The same seven grounds as in 2026, with the same approvals.',
      sameAs: twins('EXT-08', 'EXT-09', 'EXT-10', 'EXT-11', 'EXT-12', 'EXT-13', 'EXT-14', 'EXT-15'),
    },
    {
      id: 'XR21-EXT-04',
      kind: 'permission',
      enforce: 'gate',
      text: 'Local, state and federal agencies have limited access to systems of the department, granted case by case under a written agreement about a named system. Gone in 2026.',
    },
    {
      id: 'XR21-EXT-05',
      kind: 'obligation',
      enforce: 'record',
      text: 'Each such agreement binds the agency to keep what it gets secure and confidential, to pass it on only with approval, and to tell of any subpoena, order or other legal process for it. Gone in 2026.',
    },
    {
      id: 'XR21-EXT-06',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'No such access is given to further immigration enforcement. Gone in 2026 with the access itself.',
    },
    {
      id: 'XR21-EXT-07',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Vendors as in 2026: approved, for duties of their contract only, least privilege and need to know, reviewed and checked, bound to confidentiality. Software as a service is named beside software.',
      sameAs: twins('EXT-16', 'EXT-17', 'EXT-18', 'EXT-19'),
    },
    {
      id: 'XR21-EXT-08',
      kind: 'deadline',
      enforce: 'clock',
      text: 'When images are disclosed in violation of the Identifying Information Law, the Agency Privacy Officer, once aware, reports it to the NYC Chief Privacy Officer as soon as practicable. No hour is named.',
    },
    {
      id: 'XR21-EXT-09',
      kind: 'obligation',
      enforce: 'notify',
      text: 'As in 2026: written notice to the people affected on any of three triggers, and the anonymized report of the NYC Chief Privacy Officer each quarter.',
      sameAs: twins('EXT-21', 'EXT-22'),
    },
    {
      id: 'XR21-EXT-10',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'As in 2026: nothing is shared in furtherance of immigration enforcement.',
      sameAs: twins('EXT-06'),
    },
  ]);
