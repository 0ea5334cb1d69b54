/** The 2026 mobile x-ray edition: abstract, capabilities and rules of use. */
import { section, type SectionOf } from '../edition.ts';

export const useSections = (of: SectionOf) => [
  section(of, 'changes', 'Summary of changes between draft & final policy', [
    {
      id: 'XR26-REV-01',
      kind: 'obligation',
      enforce: 'display',
      text: 'Eight changes from draft to final are published with a reason each. The table is the 2021 one, printed again: it tells nothing about what 2026 changed.',
    },
  ]),
  section(of, 'revision', 'Mobile x-ray technology revision', [
    {
      id: 'XR26-REV-02',
      kind: 'capability-fact',
      enforce: 'record',
      text: 'Dated February 4, 2026. One revision is logged, of that day, made to comply with Local Law 56 of 2025.',
    },
  ]),
  section(of, 'abstract', 'Abstract', [
    {
      id: 'XR26-ABS-01',
      kind: 'permission',
      enforce: 'gate',
      text: 'In extremely limited and special circumstances the device may quickly screen a motor vehicle, a truck, a temporary enclosed structure or a similar object, on or near a public street, for things that gravely endanger public safety.',
    },
    {
      id: 'XR26-ABS-02',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'The technology does not collect, keep, process or share audio, video, location, thermal, biometric or similar information; a still x-ray image is all there is.',
    },
    {
      id: 'XR26-ABS-03',
      kind: 'capability-fact',
      enforce: 'record',
      text: 'It is not used on people, but near a person it can capture a photo-like x-ray image of that person.',
    },
  ]),
  section(of, 'capabilities', 'Capabilities of the technology', [
    {
      id: 'XR26-CAP-01',
      kind: 'capability-fact',
      enforce: 'display',
      text: 'The device emits low-energy x-rays and draws a photo-like image of hidden objects from what is reflected. The image shows on a monitor wired to the device. Its range is limited: beyond it things are blurred or not seen.',
    },
    {
      id: 'XR26-CAP-02',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'The device has no wireless, Wi-Fi, streaming or remote access. An image reaches another system only when a person carries it there.',
    },
    {
      id: 'XR26-CAP-03',
      kind: 'permission',
      enforce: 'record',
      text: 'It helps to secure places at events whose threat environment is elevated, such as a presidential visit or the United Nations General Assembly.',
    },
    {
      id: 'XR26-CAP-04',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'It reads no license plates, recognises no faces and measures nothing biometric.',
    },
    {
      id: 'XR26-CAP-05',
      kind: 'capability-fact',
      enforce: 'configuration',
      text: "The devices in use are made by American Science & Engineering, Inc. The edition describes no other maker's device.",
    },
  ]),
  section(of, 'use', 'Rules, processes & guidelines relating to use of the technology', [
    {
      id: 'XR26-USE-01',
      kind: 'obligation',
      enforce: 'record',
      text: 'Every use conforms to the Constitutions of the United States and of New York State and to the statutes, weighing public safety against individual privacy.',
    },
    {
      id: 'XR26-USE-02',
      kind: 'prohibition',
      enforce: 'gate',
      text: "Only the department's own personnel use the device, and only for a legitimate law enforcement purpose. Other official business is a purpose for images, not for the device.",
    },
    {
      id: 'XR26-USE-03',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'The device is never knowingly used to screen people, and is not used on people, homes or buildings.',
    },
    {
      id: 'XR26-USE-04',
      kind: 'obligation',
      enforce: 'record',
      text: 'Situations in which members of the public could be screened are avoided.',
    },
    {
      id: 'XR26-USE-05',
      kind: 'permission',
      enforce: 'gate',
      text: 'Within the department, executives may ask for a use: uniformed members in the rank of Captain or above.',
    },
    {
      id: 'XR26-USE-06',
      kind: 'permission',
      enforce: 'gate',
      text: 'An outside entity may ask for help and for a use at a particular location, event or address.',
    },
    {
      id: 'XR26-USE-07',
      kind: 'role',
      enforce: 'gate',
      text: 'Whoever asked, an executive of the Counterterrorism Bureau decides finally, case by case. Nothing is approved in advance, in bulk or by silence.',
    },
    {
      id: 'XR26-USE-08',
      kind: 'permission',
      enforce: 'gate',
      text: 'Executives of the Counterterrorism Bureau may start a use themselves when the situation calls for it, and may then decide it.',
    },
    {
      id: 'XR26-USE-09',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Only members of the Counterterrorism Bureau who are trained in mobile x-ray may operate it.',
    },
    {
      id: 'XR26-USE-10',
      kind: 'role',
      enforce: 'record',
      text: 'Commanders of the Counterterrorism Bureau answer for proper use.',
    },
    {
      id: 'XR26-USE-11',
      kind: 'permission',
      enforce: 'configuration',
      text: 'No court authorization is sought: the extremely limited use rests on the special-needs exception to the warrant requirement.',
    },
    {
      id: 'XR26-USE-12',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'The technology is not used to investigate political activity, by anyone.',
    },
    {
      id: 'XR26-USE-13',
      kind: 'role',
      enforce: 'gate',
      text: 'Only the Intelligence Division may investigate political activity, under the Revised Handschu Guidelines.',
    },
    {
      id: 'XR26-USE-14',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'No police action is taken against a person because of an actual or perceived characteristic on the list, not even as one reason among others.',
    },
    {
      id: 'XR26-USE-15',
      kind: 'obligation',
      enforce: 'record',
      text: 'Misuse of the technology or of an image brings administrative and possibly criminal penalties.',
    },
    {
      id: 'XR26-USE-16',
      kind: 'obligation',
      enforce: 'gate',
      text: 'A use the policy does not describe needs an addendum to it first.',
    },
  ]),
];
