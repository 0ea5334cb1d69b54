/** What an agency may set when it deploys. */
import { RootConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../infra/settings.ts';

const settings = (context: Record<string, unknown> = {}) => {
  const { node } = new RootConstruct();
  for (const [name, value] of Object.entries(context)) node.setContext(name, value);
  return settingsOf(node);
};

describe('the settings of a deployment', () => {
  it('need none to be given', () => {
    expect(settings()).toEqual({
      agency: 'agency',
      chiefPrivacyOfficer: 'chief-privacy-officer@example.gov',
      fips: false,
      mailFrom: 'postact@example.gov',
    });
  });

  it('are read from context', () => {
    expect(
      settings({
        agency: 'nypd',
        fips: 'true',
        mailDomain: 'agency.gov',
        siteDomain: 'postact.agency.gov',
        certificateArn: 'arn:aws:acm:x',
        samlMetadataUrl: 'https://d.gov/m',
        alarmMail: 'ops@agency.gov',
      }),
    ).toEqual({
      agency: 'nypd',
      chiefPrivacyOfficer: 'chief-privacy-officer@example.gov',
      fips: true,
      mailFrom: 'postact@agency.gov',
      mailDomain: 'agency.gov',
      site: { domain: 'postact.agency.gov', certificateArn: 'arn:aws:acm:x' },
      samlMetadataUrl: 'https://d.gov/m',
      alarmMail: 'ops@agency.gov',
    });
  });

  it.each([
    [{ fips: 'yes' }, 'fips is "yes"; expected true or false'],
    [{ agency: 'N.Y.P.D.' }, 'agency is "N.Y.P.D."; expected a short name in lower case'],
    [{ mailFrom: 'nobody' }, 'mailFrom is "nobody"; expected a mail address'],
    [{ mailFrom: 'a@b.gov', mailDomain: 'c.gov' }, 'expected an address at mailDomain, c.gov'],
    [{ siteDomain: 'postact.agency.gov' }, 'siteDomain and certificateArn belong together'],
    [{ samlMetadataUrl: 'http://d.gov/m' }, 'expected an https address'],
  ])('refuse %j and say what was expected', (context, message) => {
    expect(() => settings(context)).toThrow(message);
  });

  it('name everything that cannot be used at once', () => {
    expect(() => settings({ fips: 1, alarmMail: 'x' })).toThrow(/fips is 1.*alarmMail is "x"/);
  });
});
