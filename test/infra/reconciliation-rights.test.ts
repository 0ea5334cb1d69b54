/** What the comparison of store and records may do: see everything that is kept, lock it better, and nothing else. */
import { describe, expect, it } from 'vitest';
import { assembled, listOf, type Statement } from './template.ts';

const role = assembled()
  .of('AWS::IAM::Role')
  .find(({ id }) => id.startsWith('ReconciliationReconcileRole'))!;
const statements = (
  role.Properties.Policies as readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[]
)
  .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
  .filter(({ Effect }) => Effect === 'Allow');
const actionsOn = (text: string): readonly string[] =>
  statements
    .filter(({ Resource }) => JSON.stringify(Resource).includes(text))
    .flatMap(({ Action }) => listOf(Action))
    .toSorted();

const SEE_AND_LOCK = [
  's3:GetObject',
  's3:GetObjectLegalHold',
  's3:GetObjectRetention',
  's3:GetObjectTagging',
  's3:GetObjectVersion',
  's3:GetObjectVersionTagging',
  's3:PutObjectLegalHold',
  's3:PutObjectRetention',
  's3:PutObjectTagging',
  's3:PutObjectVersionTagging',
];

describe('the comparison of store and records', () => {
  it.each(['/kept/*', '/enclosed/*'])('may see what is under %s and lock it better', (folder) => {
    expect(actionsOn(folder)).toEqual(SEE_AND_LOCK);
  });

  it('may write, remove or free no file', () => {
    const all = statements.flatMap(({ Action }) => listOf(Action)).filter((action) => action.startsWith('s3:'));
    expect(all.filter((action) => /^s3:(PutObject$|Delete|Restore|Replicate|Bypass|Abort)/.test(action))).toEqual([]);
    expect(new Set(all)).toEqual(new Set([...SEE_AND_LOCK, 's3:ListBucket', 's3:ListBucketVersions']));
  });
});
