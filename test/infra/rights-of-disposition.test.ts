/**
 * Who destroys records can do that and nothing else in the store: lift no lock, shorten none, write nothing and read
 * nothing; and nobody but they may destroy what is kept.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { assembled, type Statement } from './template.ts';

let roles: Readonly<Record<string, readonly Statement[]>>;
beforeAll(() => {
  roles = Object.fromEntries(
    assembled()
      .of('AWS::IAM::Role')
      .map(({ id, Properties }) => {
        const { Policies = [] } = Properties as {
          readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
        };
        return [id, Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)];
      }),
  );
});

const actionsOf = (part: string): readonly string[] => {
  const found = Object.entries(roles).filter(([id]) => id.startsWith(part));
  expect(found).toHaveLength(1);
  return found[0]![1].flatMap(({ Action }) => Action).toSorted();
};
const ofStore = (part: string): readonly string[] => actionsOf(part).filter((action) => action.startsWith('s3:'));
const resourcesFor = (part: string, action: string): string =>
  JSON.stringify(
    Object.entries(roles)
      .filter(([id]) => id.startsWith(part))
      .flatMap(([, statements]) => statements.filter(({ Action }) => [Action].flat().includes(action)))
      .map(({ Resource }) => Resource),
  );

describe('the function that destroys', () => {
  it('may delete versions and see which there are, under what is kept and enclosed, and nothing else of the store', () => {
    expect(ofStore('DispositionDestroyRole')).toEqual(['s3:DeleteObjectVersion', 's3:ListBucketVersions']);
    const where = resourcesFor('DispositionDestroyRole', 's3:DeleteObjectVersion');
    expect(where).toContain('/kept/*');
    expect(where).toContain('/enclosed/*');
    expect(where).not.toMatch(/certificates|sealed|incoming|"\*"/);
  });

  it('can neither lift nor shorten a lock, nor write or read a file, nor use a key of the store', () => {
    const all = actionsOf('DispositionDestroyRole');
    expect(all.filter((action) => /Retention|LegalHold|Bypass|^s3:(\*|Put|Get|DeleteObject$)/.test(action))).toEqual(
      [],
    );
    const statements = Object.entries(roles).find(([id]) => id.startsWith('DispositionDestroyRole'))![1];
    const throughStore = statements.filter((one) => JSON.stringify(one.Condition ?? {}).includes('"s3.'));
    expect(throughStore).toEqual([]);
  });
});

describe('everybody else', () => {
  it('may not delete a version of what is kept', () => {
    const may = Object.entries(roles)
      .filter(([, statements]) =>
        statements.some(
          ({ Action, Resource }) =>
            [Action].flat().some((action) => /^s3:(\*|Delete)/.test(action)) &&
            /\/(kept|enclosed)\/|"\*"/.test(JSON.stringify(Resource)),
        ),
      )
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(may).toEqual(['DispositionDestroyRole']);
  });

  it.each([
    ['DispositionPagesRole', ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket']],
    ['DispositionStepRole', ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:PutObject']],
    ['DispositionProposeRole', ['s3:PutObject']],
  ])('%s has of the store only the lists and certificates', (role, actions) => {
    expect(ofStore(role)).toEqual(actions);
    for (const action of actions.filter((one) => one !== 's3:ListBucket'))
      expect(resourcesFor(role, action)).not.toMatch(/kept|enclosed|incoming|sealed/);
  });

  it('may sign certificates only where they are made', () => {
    const may = Object.entries(roles)
      .filter(([, statements]) => statements.some(({ Action }) => [Action].flat().includes('kms:Sign')))
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(may).toContain('DispositionStepRole');
    expect(may).not.toContain('DispositionDestroyRole');
    expect(may).not.toContain('DispositionPagesRole');
  });
});
