/** The 2026 mobile x-ray edition: safeguards, the life of an image, access. */
import { section, type SectionOf } from '../edition.ts';

export const safeguardSections = (of: SectionOf) => [
  section(of, 'safeguards', 'Safeguard & security measures against unauthorized access', [
    {
      id: 'XR26-SAFE-01',
      kind: 'obligation',
      enforce: 'record',
      text: 'A device not in use is stored securely where the public cannot reach it.',
    },
    {
      id: 'XR26-SAFE-02',
      kind: 'obligation',
      enforce: 'clock',
      text: 'A supervisor periodically inspects and accounts for every device. The policy gives no interval; the department sets one.',
    },
    {
      id: 'XR26-SAFE-03',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Access to the technology is critically limited to personnel who can state a need for it in a lawful duty.',
    },
    {
      id: 'XR26-SAFE-04',
      kind: 'obligation',
      enforce: 'gate',
      text: "Access ends when a person's duties no longer need it, such as on transfer to a command that does not use the technology.",
    },
    {
      id: 'XR26-SAFE-05',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Images relevant to an investigation are kept in an appropriate computer or case management system, open to authorized users only.',
    },
    {
      id: 'XR26-SAFE-06',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Every user signs in as one person, with a name and a password.',
    },
    {
      id: 'XR26-SAFE-07',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'A system opens only to those with an articulable need in a lawful duty, and inside it the duty limits what they reach.',
    },
    {
      id: 'XR26-SAFE-08',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Users reach only the data and do only the tasks that the system administrator has allotted to their role.',
    },
    {
      id: 'XR26-SAFE-09',
      kind: 'obligation',
      enforce: 'record',
      text: 'An architecture review settles, case by case, what security a system needs.',
    },
    {
      id: 'XR26-SAFE-10',
      kind: 'obligation',
      enforce: 'gate',
      text: "Permissions follow rank and role from the department's directory; passwords are kept there and nowhere else.",
    },
    {
      id: 'XR26-SAFE-11',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Signing in from outside the network takes a second factor.',
    },
    {
      id: 'XR26-SAFE-12',
      kind: 'obligation',
      enforce: 'configuration',
      text: 'All data is encrypted in transit and at rest. (The policy credits TLS with both; TLS covers transit only.)',
    },
    {
      id: 'XR26-SAFE-13',
      kind: 'obligation',
      enforce: 'record',
      text: 'Personnel keep to the security terms of the systems they use.',
    },
    {
      id: 'XR26-SAFE-14',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Information is kept confidential and passed on, to other members too, only as a lawful duty requires.',
    },
    {
      id: 'XR26-SAFE-15',
      kind: 'obligation',
      enforce: 'record',
      text: 'Personnel keep third parties from information not meant for them; failing to may bring discipline or prosecution.',
    },
    {
      id: 'XR26-SAFE-16',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Before information is given out, the identity and affiliation of whoever asks are confirmed, and the release is found lawful.',
    },
    {
      id: 'XR26-SAFE-17',
      kind: 'obligation',
      enforce: 'record',
      text: 'Unauthorized access to a system brings administrative and possibly criminal penalties.',
    },
  ]),
  section(of, 'retention', 'Policies & procedures relating to retention, access & use of the data', [
    {
      id: 'XR26-RET-01',
      kind: 'capability-fact',
      enforce: 'display',
      text: 'The device cannot rewind or play back. An image that has left its field of view cannot be got back from it.',
    },
    {
      id: 'XR26-RET-02',
      kind: 'permission',
      enforce: 'record',
      text: 'An image on the monitor may be downloaded to local storage and uploaded later to be kept.',
    },
    {
      id: 'XR26-RET-03',
      kind: 'retention',
      enforce: 'configuration',
      text: 'An image that is not downloaded is overwritten, the oldest first, to make room for new ones.',
    },
    {
      id: 'XR26-RET-04',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Kept images serve legitimate law enforcement or other official business only, criminal investigation, civil litigation and discipline included.',
    },
  ]),
];
