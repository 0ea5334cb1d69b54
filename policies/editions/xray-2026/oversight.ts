/** The 2026 mobile x-ray edition: training, oversight, health and safety, disparate impact. */
import { section, type SectionOf } from '../edition.ts';

export const oversightSections = (of: SectionOf) => [
  section(of, 'training', 'Training', [
    {
      id: 'XR26-TRN-01',
      kind: 'obligation',
      enforce: 'gate',
      text: 'Those who use the technology are specially trained at command level in operating it, and use it as the policy and the training say.',
    },
  ]),
  section(of, 'oversight', 'Internal audit & oversight mechanisms', [
    {
      id: 'XR26-AUD-03',
      kind: 'obligation',
      enforce: 'display',
      text: 'Everyone is told that systems and equipment are for official business and that misuse brings administrative and possibly criminal penalties.',
    },
  ]),
  section(of, 'health', 'Health & safety reporting', [
    {
      id: 'XR26-HLT-01',
      kind: 'obligation',
      enforce: 'record',
      text: 'X-ray levels are measured by ANSI, Euratom and ICRP guidelines; the maker has several third parties measure and confirm it.',
    },
    {
      id: 'XR26-HLT-02',
      kind: 'role',
      enforce: 'record',
      text: 'The Radiation Safety Officer also assesses whether the technology works safely. No interval is given.',
    },
    {
      id: 'XR26-HLT-03',
      kind: 'figure',
      enforce: 'display',
      text: 'Radiation is said to be no more than natural background. Though it is not used on people, being scanned directly is compared to a short flight or a day in the Rocky Mountains; the ICRP calls the risk trivial, and no effect on health is expected.',
    },
    {
      id: 'XR26-HLT-04',
      kind: 'figure',
      enforce: 'display',
      text: 'At 5 feet for 10 seconds: 0.016 mrem, printed as 16 urem, down to 0.009 mrem, printed as 3 urem.',
    },
    {
      id: 'XR26-HLT-05',
      kind: 'figure',
      enforce: 'display',
      text: 'At 10 feet for 10 seconds: 0.004 mrem, printed as 4 urem, down to 0.003 mrem, printed as 0.3 uR.',
    },
  ]),
  section(of, 'impact', 'Disparate impacts of the technology & impact & use policy', [
    {
      id: 'XR26-DSP-01',
      kind: 'obligation',
      enforce: 'display',
      text: 'The department believes that the technology does not disparately affect groups protected by the City Human Rights Law, and that safeguards and audits lessen the risk of partial and biased enforcement.',
    },
    {
      id: 'XR26-DSP-02',
      kind: 'prohibition',
      enforce: 'immutable',
      text: 'An x-ray image cannot be edited or changed in any way.',
    },
    {
      id: 'XR26-DSP-03',
      kind: 'prohibition',
      enforce: 'gate',
      text: "The device is apart from the department's databases, cannot scan plates and uses no GPS.",
    },
    {
      id: 'XR26-DSP-04',
      kind: 'prohibition',
      enforce: 'record',
      text: 'Racial and bias-based profiling is forbidden; enforcement rests on the Fourth and Fourteenth Amendments, Article I sections 11 and 12 of the State Constitution, section 14-151 of the Administrative Code and other law.',
    },
    {
      id: 'XR26-DSP-05',
      kind: 'prohibition',
      enforce: 'gate',
      text: 'Race, color, ethnicity or national origin may not motivate enforcement even in part, unless the officer relies on a specific and reliable description of a suspect that goes beyond race, age and gender.',
    },
  ]),
];
