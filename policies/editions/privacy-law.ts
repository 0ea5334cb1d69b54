/**
 * The City's Identifying Information Law and its law on breaches of security, as clauses.
 *
 * Named, because rules read numbers and dates from them. Texts are ours, from the local laws as enacted.
 * No local law names 24 hours; that number is the policies' own (XR26-EXT-20 and its twins).
 */
import type { CountClause, StatuteClause, YearsClause } from '../clause.ts';
import { statute } from './statute.ts';

/** Local Laws 245 and 247 of 2017, 180 days after December 17, 2017. */
const IDENTIFYING = '2018-06-15';
/** Local Law 151 of 2021, 120 days after December 11, 2021. */
const SECURITY = '2022-04-10';

const identifying = (id: string, where: string, text: string, unverified?: string): StatuteClause =>
  statute(`nyc-${id}`, `NYC Admin. Code § ${where}`, IDENTIFYING, text, unverified ? { unverified } : {});
const security = (id: string, where: string, text: string): StatuteClause =>
  statute(`nyc-${id}`, `NYC Admin. Code § ${where}, as amended by Local Law 151 of 2021`, SECURITY, text, {
    unverified: 'The day it took effect is reckoned: 120 days after it became law.',
  });

const POLICIES_NOT_SEEN =
  "The Chief Privacy Officer's citywide policies of 2025, which say more, could not be obtained.";

export interface PrivacyLaw {
  readonly identifying: StatuteClause;
  readonly privacyOfficer: StatuteClause;
  readonly routine: StatuteClause;
  readonly thirdParty: StatuteClause;
  readonly approval: StatuteClause;
  readonly routineApproved: StatuteClause;
  readonly cityInterest: StatuteClause;
  readonly crime: StatuteClause;
  readonly welfare: StatuteClause;
  readonly referred: StatuteClause;
  readonly violation: StatuteClause;
  readonly quarterly: StatuteClause;
  readonly exigent: StatuteClause;
  readonly exigentExempt: StatuteClause;
  readonly agreement: StatuteClause;
  readonly noticeFactors: StatuteClause;
  readonly delay: StatuteClause;
  readonly biennial: StatuteClause;
  readonly privateInformation: StatuteClause;
  readonly breachOfSecurity: StatuteClause;
  readonly goodFaith: StatuteClause;
  readonly securityReport: StatuteClause;
  readonly securityNotice: StatuteClause;
  readonly consumerAgencies: StatuteClause & CountClause;
  readonly noNoticeKept: StatuteClause & YearsClause;
  readonly stateNotice: StatuteClause;
  readonly protocols: StatuteClause;
  readonly noDuplicates: StatuteClause;
  readonly disposal: StatuteClause;
}

export const PRIVACY_LAW: PrivacyLaw = {
  identifying: {
    ...identifying(
      '23-1201-identifying',
      '23-1201, as amended by Local Law 61 of 2023',
      'Identifying information is anything the City obtained that alone or with other information identifies or locates a person. The list names all information from a surveillance system run by, for or at the direction of the police, vehicle information and plate numbers, photographs and other biometrics, height and weight, and whether someone is a victim or witness of a crime.',
    ),
    unverified: 'The day on which height and weight joined the list in 2023 was not checked.',
  },
  privacyOfficer: identifying(
    '23-1201-privacy-officer',
    '23-1201',
    "The head of an agency names its privacy officer. For a disclosure under the Freedom of Information Law the agency's officers for that law may act instead.",
  ),
  routine: identifying(
    '23-1201-routine',
    '23-1201',
    "A disclosure is routine when it is made in the normal course of the agency's business and furthers its mission, or between City agencies when the privacy officers of both agree that it does.",
  ),
  thirdParty: identifying(
    '23-1201-third-party',
    '23-1201',
    'A third party is anyone but personnel of the City, of its schools or of a local public authority or corporation, and personnel of a contractor who may have the information.',
  ),
  approval: identifying(
    '23-1202-c-1',
    '23-1202(c)(1)',
    'Absent exigent circumstances, identifying information leaves an agency only with the written approval of its privacy officer, and only if the person, or who may consent in the place of a minor or incompetent person, agreed in writing, or it furthers the mission, or law or treaty requires it.',
  ),
  routineApproved: identifying(
    '23-1202-c-2-a',
    '23-1202(c)(2)(a)',
    'The privacy officer may approve certain routine disclosures in advance.',
  ),
  cityInterest: identifying(
    '23-1202-c-2-b',
    '23-1202(c)(2)(b)',
    "The Chief Privacy Officer may approve in advance a disclosure to another City agency that is in the City's best interests. The statute names no other recipient.",
  ),
  crime: identifying(
    '23-1202-c-2-c-1',
    '23-1202(c)(2)(c)(1)',
    'No approval is needed for a disclosure by or to the police in connection with the investigation of a crime that was committed, or with credible information about an attempted or impending one.',
  ),
  welfare: identifying(
    '23-1202-c-2-c-2',
    '23-1202(c)(2)(c)(2)',
    "No approval is needed in connection with a City agency's open investigation of the welfare of a minor or of a person who is not legally competent.",
  ),
  referred: identifying(
    '23-1202-c-3',
    '23-1202(c)(3)',
    'A request for identifying information, or a proposal to disclose some, that is not routine goes to the privacy officer as soon as practicable.',
  ),
  violation: identifying(
    '23-1202-c-4',
    '23-1202(c)(4)',
    "A privacy officer who becomes aware of a disclosure that violates the law tells the Chief Privacy Officer as soon as practicable. Where the Chief Privacy Officer's policies describe it, reasonable efforts are made to tell the person in writing, as soon as practicable, what was disclosed and to whom.",
    POLICIES_NOT_SEEN,
  ),
  quarterly: identifying(
    '23-1202-c-4-report',
    '23-1202(c)(4)',
    'The Chief Privacy Officer reports each quarter to the Speaker of the Council, and online, an anonymized compilation or summary of such disclosures; exigent ones may be in the same report.',
    'The dates and the form in which agencies feed the report were not found.',
  ),
  exigent: identifying(
    '23-1202-d',
    '23-1202(d)(1)',
    'What was disclosed in exigent circumstances goes to the Chief Privacy Officer as soon as practicable afterwards, with an explanation of why they existed.',
  ),
  exigentExempt: identifying(
    '23-1202-d-exempt',
    '23-1202(d)(1)(a) to (c)',
    'That explanation is not owed for a disclosure by or to the police in an open investigation of criminal activity, in an open investigation of the welfare of a minor or incompetent person, or by or to an employee who uses powers of law enforcement or public health or safety in the normal course of business.',
  ),
  agreement: identifying(
    '23-1203-3',
    '23-1203(3)',
    'A disclosure to a third party that is not routine needs an agreement about the use of what is disclosed, unless it is exigent or no important privacy interest would be unduly compromised.',
    'Which routine disclosures need an agreement too (23-1203(4)) is in policies that could not be obtained.',
  ),
  noticeFactors: identifying(
    '23-1203-6',
    '23-1203(6)',
    'Whether the person is told is judged by the nature, the extent and the foreseeable adverse consequences of the disclosure.',
    POLICIES_NOT_SEEN,
  ),
  delay: identifying(
    '23-1204-e',
    '23-1204(e)',
    'Nothing is reported or disclosed in a way that would violate a law on privacy, interfere with an investigation, or compromise public safety.',
  ),
  biennial: identifying(
    '23-1205',
    '23-1205',
    'By July 31 of every even year each agency reports on the identifying information it collects, keeps and discloses, on its routine disclosures and agreements, and on who asks and why.',
  ),
  privateInformation: security(
    '10-501-private',
    '10-501(b)',
    'Private information is personal information together with a social security number, a driver or non-driver card number, an account or card number that opens an account, or a biometric measurement, when either is not encrypted; or a user name or e-mail address with what opens an online account. Public records are left out.',
  ),
  breachOfSecurity: security(
    '10-501-breach',
    '10-501(c)',
    'A breach of security is unauthorized access to, or acquisition, disclosure or use of, computerized data that compromises private information an agency keeps.',
  ),
  goodFaith: security(
    '10-501-good-faith',
    '10-501(c)',
    'What personnel do with private information in good faith or inadvertently, for legitimate purposes of the agency, is no breach of security, but the protocols are followed.',
  ),
  securityReport: security(
    '10-502-a',
    '10-502(a)',
    'A breach of security is disclosed promptly to the Chief Privacy Officer, to Cyber Command and to the City’s technology office once a supervisor or manager discovers it or is told. Promptly is not a number.',
  ),
  securityNotice: security(
    '10-502-b',
    '10-502(b), (d), (e)',
    'The people whose private information it was are told as soon as practicable: in writing; by telephone, with a log; electronically, with their express consent and a log; or by another targeted way.',
  ),
  consumerAgencies: {
    ...security(
      '10-502-f',
      '10-502(f)',
      'When 5,000 or more residents of New York are told at one time, consumer reporting agencies are told too.',
    ),
    count: 5000,
  },
  noNoticeKept: {
    ...security(
      '10-502-g',
      '10-502(g)',
      'No notice is needed for an inadvertent disclosure by those authorized, when misuse or financial, personal or reputational harm is found unlikely. That finding is written down and kept for at least 5 years.',
    ),
    years: 5,
  },
  stateNotice: security(
    '10-502-h',
    '10-502(h)',
    'Whoever was told under a law of the State is not told again; the report to the City’s offices stays due.',
  ),
  protocols: security(
    '10-502-i',
    '10-502(i)',
    'Cyber Command issues protocols for coordination and records, also for what is inadvertent and no breach.',
  ),
  noDuplicates: security(
    '10-502-j',
    '10-502(j)',
    'Where notices under this law and under the Identifying Information Law overlap, one notice that meets both is enough.',
  ),
  disposal: security(
    '10-503',
    '10-503',
    'Records with private information are discarded so that the information cannot be got back.',
  ),
};
