import { describe, expect, it } from 'vitest';
import { plusHours } from '../../../policies/instant.ts';
import {
  deploymentClose,
  type DeploymentFacts,
  type ProperUseConfirmation,
} from '../../../policies/rules/deployment-close.ts';
import { NOW, refusals, UNDER_2021, UNDER_2026, bureauCaptain } from '../facts.ts';

const startedAt = plusHours(NOW, -8);
const endedAt = plusHours(NOW, -1);
const confirmation: ProperUseConfirmation = {
  by: { ...bureauCaptain, personId: 'P-5', roles: ['ctb-commander'] },
  proper: true,
};
const deployment: DeploymentFacts = {
  deploymentId: 'U-1',
  startedAt,
  endedAt,
  commanderId: 'P-5',
  confirmation,
  imagesDownloaded: 2,
  images: ['kept', 'refused'],
  custody: [{ custodian: 'member', from: startedAt, until: endedAt }],
};
const closed = (change: Partial<DeploymentFacts>) => deploymentClose({ ...deployment, ...change }, UNDER_2026, NOW);
const without = (field: 'endedAt' | 'commanderId' | 'confirmation'): DeploymentFacts => {
  const { [field]: _dropped, ...rest } = deployment;
  return rest as DeploymentFacts;
};
const confirmed = (change: Partial<ProperUseConfirmation>) => ({ confirmation: { ...confirmation, ...change } });

describe('closing a deployment', () => {
  it('XR26-USE-10: follows the confirmation of the responsible commander', () => {
    expect(closed({})).toMatchObject({ kind: 'allowed', clauses: expect.arrayContaining(['XR26-USE-10']) });
  });

  it('XR21-USE-02: did so under 2021', () => {
    expect(deploymentClose(deployment, UNDER_2021, NOW)).toMatchObject({
      kind: 'allowed',
      clauses: expect.arrayContaining(['XR21-USE-02']),
    });
  });

  it.each<[string, DeploymentFacts, readonly string[]]>([
    ['XR26-USE-10: waits for its end', without('endedAt'), ['XR26-USE-10 endedAt']],
    [
      'XR26-USE-10: waits for an end that lies ahead',
      {
        ...deployment,
        endedAt: plusHours(NOW, 1),
        custody: [{ custodian: 'member', from: startedAt, until: plusHours(NOW, 1) }],
      },
      ['XR26-USE-10 endedAt'],
    ],
    ['XR26-USE-10: needs a commander named on it', without('commanderId'), ['XR26-USE-10 commanderId']],
    ['XR26-USE-10: needs the confirmation', without('confirmation'), ['XR26-USE-10 confirmation']],
    [
      'XR26-USE-10: needs it from that commander',
      { ...deployment, commanderId: 'P-6' },
      ['XR26-USE-10 confirmation.by'],
    ],
    [
      'XR26-USE-10: needs it from a member of the bureau',
      { ...deployment, ...confirmed({ by: { ...confirmation.by, bureau: 'patrol-services-bureau' } }) },
      ['XR26-USE-10 confirmation.by'],
    ],
    [
      'XR26-SAFE-08: needs it from someone with the role',
      { ...deployment, ...confirmed({ by: { ...confirmation.by, roles: ['ctb-operator'] } }) },
      ['XR26-SAFE-08 confirmation.by'],
    ],
    [
      'XR26-USE-15: needs a misuse report when the use was not proper',
      { ...deployment, ...confirmed({ proper: false }) },
      ['XR26-USE-15 confirmation.misuseReportId'],
    ],
    [
      'XR26-RET-02: needs a record for each downloaded image',
      { ...deployment, imagesDownloaded: 3 },
      ['XR26-RET-02 imagesDownloaded'],
    ],
    [
      'XR26-RET-02: waits for images that are neither kept nor refused',
      { ...deployment, images: ['kept', 'waiting'] },
      ['XR26-RET-02 images'],
    ],
    ['XR26-EXT-03: needs a custody log without a hole', { ...deployment, custody: [] }, ['XR26-EXT-03 custody']],
  ])('%s', (_name, facts, because) => {
    expect(refusals(deploymentClose(facts, UNDER_2026, NOW))).toEqual(because);
  });

  it('XR26-USE-15: goes through with the report when the use was not proper', () => {
    expect(closed(confirmed({ proper: false, misuseReportId: 'M-1' })).kind).toBe('allowed');
  });

  it('needs no image when none was downloaded', () => {
    expect(closed({ imagesDownloaded: 0, images: [] }).kind).toBe('allowed');
  });
});
