import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../../local/contract.ts';
import type { Context } from '../../../local/identity/conditions.ts';
import { evaluatePolicies, type Principal } from '../../../local/identity/evaluate-policies.ts';

const ROLE: Principal = {
  kind: 'role',
  names: ['arn:aws:sts::000000000000:assumed-role/clerk/s', 'arn:aws:iam::000000000000:role/clerk'],
  account: '000000000000',
};
const BUCKET = 'arn:aws:s3:::images';

interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Context;
  readonly principal?: Principal;
  readonly boundary?: PolicyDocument;
  readonly resourcePolicy?: PolicyDocument;
}

const document = (...Statement: Record<string, unknown>[]): PolicyDocument => ({ Version: '2012-10-17', Statement });

function allows(
  statements: Record<string, unknown>[],
  { action = 's3:GetObject', resource = `${BUCKET}/a/b`, principal = ROLE, context = {}, ...rest }: Asked = {},
): boolean {
  return evaluatePolicies({
    principal,
    action,
    resource,
    context,
    identityPolicies: [document(...statements)],
    ...rest,
  }).allowed;
}

describe('policies', () => {
  it('allow nothing by default', () => {
    expect(
      evaluatePolicies({
        principal: ROLE,
        action: 's3:GetObject',
        resource: BUCKET,
        context: {},
        identityPolicies: [],
      }),
    ).toEqual({ allowed: false, because: 'because no identity-based policy allows the s3:GetObject action' });
  });

  it.each([
    ['s3:GetObject', `${BUCKET}/*`, true],
    ['S3:getobject', `${BUCKET}/a/?`, true],
    ['s3:Get*', '*', true],
    [['s3:PutObject', 's3:GetObject'], [`${BUCKET}`, `${BUCKET}/a/b`], true],
    ['s3:GetObject', BUCKET, false],
    ['s3:GetObjectTagging', '*', false],
    ['s3:GetObject', 'arn:aws:s3:::images.a/b', false],
  ])('with Action %j on %j allow reading images/a/b: %s', (Action, Resource, expected) => {
    expect(allows([{ Effect: 'Allow', Action, Resource }])).toBe(expected);
  });

  it('take NotAction and NotResource as everything else', () => {
    expect(allows([{ Effect: 'Allow', NotAction: 's3:Delete*', Resource: '*' }])).toBe(true);
    expect(allows([{ Effect: 'Allow', NotAction: 's3:Delete*', Resource: '*' }], { action: 's3:DeleteObject' })).toBe(
      false,
    );
    expect(allows([{ Effect: 'Allow', Action: '*', NotResource: `${BUCKET}/a/*` }])).toBe(false);
  });

  it('let a deny win over any allow', () => {
    const statements = [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 's3:Get*', Resource: '*' },
    ];
    expect(allows(statements)).toBe(false);
    expect(allows(statements, { action: 's3:PutObject' })).toBe(true);
  });

  it('fill in variables, and match nothing where a variable has no value', () => {
    const statements = [{ Effect: 'Allow', Action: '*', Resource: `${BUCKET}/\${aws:PrincipalTag/unit, 'none'}/*` }];
    expect(allows(statements, { context: { 'aws:PrincipalTag/unit': 'a' } })).toBe(true);
    expect(allows(statements)).toBe(false);
    expect(allows(statements, { resource: `${BUCKET}/none/x` })).toBe(true);
    expect(allows([{ Effect: 'Allow', Action: '*', Resource: '${aws:username}*' }])).toBe(false);
    expect(allows([{ Effect: 'Allow', Action: '*', Resource: 'x${*}' }], { resource: 'x*' })).toBe(true);
    expect(allows([{ Effect: 'Allow', Action: '*', Resource: 'x${*}' }], { resource: 'xy' })).toBe(false);
  });

  it.each<[object, Context, boolean]>([
    [{ StringEquals: { k: ['a', 'b'] } }, { k: 'b' }, true],
    [{ StringEquals: { k: 'a' } }, {}, false],
    [{ StringEqualsIfExists: { k: 'a' } }, {}, true],
    [{ StringEqualsIfExists: { k: 'a' } }, { k: 'b' }, false],
    [{ StringNotEquals: { k: ['a', 'b'] } }, { k: 'b' }, false],
    [{ StringNotEquals: { k: 'a' } }, {}, true],
    [{ StringLike: { k: 'a*z' } }, { k: 'abz' }, true],
    [{ StringEqualsIgnoreCase: { K: 'A' } }, { k: 'a' }, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:SecureTransport': true }, false],
    [{ Null: { k: 'true' } }, {}, true],
    [{ Null: { k: 'false' } }, {}, false],
    [{ NumericLessThan: { k: '10' } }, { k: 9 }, true],
    [{ NumericLessThan: { k: '1.2' } }, {}, false],
    [{ DateGreaterThan: { k: '2026-01-01T00:00:00Z' } }, { k: '2026-06-01T00:00:00Z' }, true],
    [{ ArnLike: { k: 'arn:aws:s3:::*' } }, { k: 'arn:aws:s3:::images' }, true],
    [{ ArnLike: { k: 'arn:*:images' } }, { k: 'arn:aws:s3:::images' }, false],
    [{ IpAddress: { k: '127.0.0.0/8' } }, { k: '127.0.0.1' }, true],
    [{ NotIpAddress: { k: '127.0.0.0/8' } }, { k: '127.0.0.1' }, false],
    [{ 'ForAllValues:StringEquals': { k: ['a', 'b'] } }, { k: ['a'] }, true],
    [{ 'ForAllValues:StringEquals': { k: ['a'] } }, { k: ['a', 'c'] }, false],
    [{ 'ForAllValues:StringEquals': { k: ['a'] } }, {}, true],
    [{ 'ForAnyValue:StringLike': { k: ['c*'] } }, { k: ['a', 'cc'] }, true],
    [{ 'ForAnyValue:StringEquals': { k: ['a'] } }, {}, false],
    [{ StringEquals: { k: 'a' }, Bool: { b: 'true' } }, { k: 'a', b: false }, false],
  ])('with condition %j in context %j hold: %s', (Condition, context, expected) => {
    expect(allows([{ Effect: 'Allow', Action: '*', Resource: '*', Condition }], { context })).toBe(expected);
  });

  it('refuse an operator that IAM does not have', () => {
    expect(() =>
      allows([{ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEqual: { k: 'a' } } }]),
    ).toThrow('StringEqual is not one IAM has');
  });

  it('of a resource allow those they name, and leave the account to identity policies', () => {
    const policy = (Principal: unknown): PolicyDocument =>
      document({ Effect: 'Allow', Principal, Action: 's3:*', Resource: '*' });
    expect(allows([], { resourcePolicy: policy({ AWS: 'arn:aws:iam::000000000000:role/clerk' }) })).toBe(true);
    expect(allows([], { resourcePolicy: policy('*') })).toBe(true);
    expect(allows([], { resourcePolicy: policy({ AWS: 'arn:aws:iam::000000000000:root' }) })).toBe(false);
    expect(allows([], { resourcePolicy: policy({ Service: 's3.amazonaws.com' }) })).toBe(false);
  });

  it('of a resource deny even the owner', () => {
    const owner: Principal = { kind: 'owner', names: ['arn:aws:iam::000000000000:root'], account: '000000000000' };
    const resourcePolicy = document({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(allows([], { principal: owner, resourcePolicy, context: { 'aws:SecureTransport': true } })).toBe(true);
    expect(allows([], { principal: owner, resourcePolicy, context: { 'aws:SecureTransport': false } })).toBe(false);
  });

  it('bound by a permissions boundary allow only what both do', () => {
    const boundary = document({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' });
    const statements = [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }];
    expect(allows(statements, { boundary })).toBe(true);
    expect(allows(statements, { boundary, action: 's3:PutObject' })).toBe(false);
  });
});
