/** The 2026 mobile x-ray edition: outside entities, the seven grounds, vendors, and what follows a wrongful disclosure. */
import { section, type SectionOf } from '../edition.ts';

export const externalSections = (of: SectionOf) => [
  section(of, 'external', 'External entities', [
    {
      id: 'XR26-EXT-01',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Outside entities have no direct access to the information the technology collects.',
    },
    {
      id: 'XR26-EXT-02',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'For an outside entity, too, only trained members operate the device. The rules of use are narrower, bureau members only, and the narrower rule is the one that binds.',
    },
    {
      id: 'XR26-EXT-03',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Custody and control of the device never pass to the outside entity.',
    },
    {
      id: 'XR26-EXT-04',
      kind: 'obligation',
      enforce: 'record',
      text: 'An image relevant to a criminal case is turned over to the prosecutor with jurisdiction, who gives it to the defendant under the laws of criminal discovery.',
    },
    {
      id: 'XR26-EXT-05',
      kind: 'permission',
      enforce: 'gate',
      text: 'Other law enforcement agencies may ask for images under law, regulation and policy; the department may give images and what relates to them to partnering law enforcement and City agencies for ongoing criminal investigations, civil litigation and disciplinary proceedings.',
    },
    {
      id: 'XR26-EXT-06',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Nothing is shared in furtherance of immigration enforcement.',
    },
    {
      id: 'XR26-EXT-07',
      kind: 'permission',
      enforce: 'gate',
      text: 'Within the law and policy, images may go to community leaders, civic organizations and the news media to further an investigation, to make people aware of an unusual incident, or to answer a concern of the community.',
    },
    {
      id: 'XR26-EXT-08',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Identifying information goes outside the department only on one of seven grounds.',
    },
    {
      id: 'XR26-EXT-09',
      kind: 'permission',
      enforce: 'gate',
      text: 'Ground 1: the person agreed in writing, or the parent or legal guardian of a minor or of someone not legally competent, and the Agency Privacy Officer of the Legal Bureau approved in writing. Both are needed.',
    },
    {
      id: 'XR26-EXT-10',
      kind: 'permission',
      enforce: 'gate',
      text: 'Ground 2: the law requires it, and the Agency Privacy Officer approved in writing.',
    },
    {
      id: 'XR26-EXT-11',
      kind: 'permission',
      enforce: 'gate',
      text: "Ground 3: it furthers the department's purpose or mission, and the Agency Privacy Officer approved in writing.",
    },
    {
      id: 'XR26-EXT-12',
      kind: 'permission',
      enforce: 'gate',
      text: "Ground 4: the City Chief Privacy Officer approved it beforehand as in the City's best interests. Nothing is said of who may receive it.",
    },
    {
      id: 'XR26-EXT-13',
      kind: 'permission',
      enforce: 'gate',
      text: 'Ground 5: the Agency Privacy Officer has designated such a disclosure as routine.',
    },
    {
      id: 'XR26-EXT-14',
      kind: 'permission',
      enforce: 'gate',
      text: 'Ground 6: it is connected with the investigation of a crime that was committed, or with credible information about an attempted or impending one. No approver is named.',
    },
    {
      id: 'XR26-EXT-15',
      kind: 'permission',
      enforce: 'gate',
      text: "Ground 7: it is connected with a City agency's open investigation of the welfare of a minor or of someone not legally competent. No approver is named.",
    },
    {
      id: 'XR26-EXT-16',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Equipment and software come from approved vendors, who are engaged to keep systems confidential, available and whole.',
    },
    {
      id: 'XR26-EXT-17',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Vendors and contractors reach software or data only to do what their contract asks, by least privilege and need to know.',
    },
    {
      id: 'XR26-EXT-18',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Vendors and contractors pass a responsibility determination and an integrity review; those of sensitive equipment or services a background check too.',
    },
    {
      id: 'XR26-EXT-19',
      kind: 'obligation',
      enforce: 'record',
      text: 'Contracts bind vendors and contractors to confidentiality; unauthorized use or disclosure brings criminal and civil penalties.',
    },
    {
      id: 'XR26-EXT-20',
      kind: 'deadline',
      enforce: 'clock',
      text: 'When images are disclosed in violation of the Identifying Information Law, the Agency Privacy Officer reports it to the NYC Chief Privacy Officer within 24 hours of becoming aware.',
    },
    {
      id: 'XR26-EXT-21',
      kind: 'obligation',
      enforce: 'notify',
      text: 'Reasonable efforts are made to tell the people affected in writing when they may be harmed, when the department so determines with the NYC Chief Privacy Officer and the Law Department, or when law or regulation requires it.',
    },
    {
      id: 'XR26-EXT-22',
      kind: 'obligation',
      enforce: 'report',
      text: 'The NYC Chief Privacy Officer reports such disclosures of all City agencies each quarter, anonymized, to the Speaker of the Council, and online.',
    },
  ]),
];
