/**
 * What an agency decides when it deploys: read from CDK context (`-c name=value`, or `context` in cdk.json).
 *
 * Nothing here has legal meaning; numbers that do are in policies/. What cannot be meant is refused at synth.
 */
import type { Node } from 'constructs';

export interface Settings {
  /** Short name of the agency, on every resource as a tag. @default 'agency' */
  readonly agency: string;
  /** Whether every function speaks to FIPS 140 endpoints only. @default false */
  readonly fips: boolean;
  /** The address mail comes from. @default 'postact@example.gov' */
  readonly mailFrom: string;
  /** The mail domain, when the whole domain is proven to the mail service rather than one address. */
  readonly mailDomain?: string;
  /** The site's own name. Without it people use the address the HTTP API is given. */
  readonly site?: { readonly domain: string; readonly certificateArn: string };
  /** Where the agency's directory publishes its SAML metadata. With it, people sign in there and nowhere else. */
  readonly samlMetadataUrl?: string;
  /** Where the City's Chief Privacy Officer receives reports. @default 'chief-privacy-officer@example.gov' */
  readonly chiefPrivacyOfficer: string;
  /** Who is told when an alarm is raised. */
  readonly alarmMail?: string;
}

const AGENCY = /^[a-z][a-z0-9-]{1,30}$/;
const ADDRESS = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** Throws one Error that lists every context value that cannot be meant. */
export function settingsOf(node: Node): Settings {
  const wrong: string[] = [];
  const read = (name: string, fits: RegExp, expected: string): string | undefined => {
    const value: unknown = node.tryGetContext(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string' && fits.test(value)) return value;
    wrong.push(`${name} is ${JSON.stringify(value)}; expected ${expected}`);
    return undefined;
  };

  const fips: unknown = node.tryGetContext('fips') ?? false;
  if (![true, false, 'true', 'false'].includes(fips as string | boolean))
    wrong.push(`fips is ${JSON.stringify(fips)}; expected true or false`);

  const agency = read('agency', AGENCY, 'a short name in lower case, such as nypd') ?? 'agency';
  const mailDomain = read('mailDomain', HOST, 'a domain, such as agency.gov');
  const mailFrom = read('mailFrom', ADDRESS, 'a mail address') ?? `postact@${mailDomain ?? 'example.gov'}`;
  if (mailDomain && !mailFrom.endsWith(`@${mailDomain}`))
    wrong.push(`mailFrom is ${mailFrom}; expected an address at mailDomain, ${mailDomain}`);
  const domain = read('siteDomain', HOST, 'a host name, such as postact.agency.gov');
  const certificateArn = read('certificateArn', /^arn:[^:]+:acm:/, 'the ARN of a certificate for siteDomain');
  if (Boolean(domain) !== Boolean(certificateArn))
    wrong.push('siteDomain and certificateArn belong together; give both or neither');
  const samlMetadataUrl = read('samlMetadataUrl', /^https:\/\//, 'an https address');
  const chiefPrivacyOfficer =
    read('chiefPrivacyOfficer', ADDRESS, 'a mail address') ?? 'chief-privacy-officer@example.gov';
  const alarmMail = read('alarmMail', ADDRESS, 'a mail address');

  if (wrong.length > 0) throw new Error(`context (-c name=value) cannot be used: ${wrong.join('. ')}`);
  return {
    agency,
    fips: String(fips) === 'true',
    mailFrom,
    chiefPrivacyOfficer,
    ...(mailDomain && { mailDomain }),
    ...(domain && certificateArn && { site: { domain, certificateArn } }),
    ...(samlMetadataUrl && { samlMetadataUrl }),
    ...(alarmMail && { alarmMail }),
  };
}
