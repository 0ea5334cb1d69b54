import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRole, mayDo, ROLES, rolesFor, rolesOfGroups, TASKS, tasksOf, type Task } from '../../policies/roles.ts';

const ALL_TASKS = Object.keys(TASKS) as Task[];

describe('the role table', () => {
  it.each([
    ['request-use', ['executive', 'ctb-executive']],
    ['decide-use', ['ctb-executive']],
    ['confirm-external-request', ['external-intake']],
    ['operate-device', ['ctb-operator']],
    ['upload-image', ['ctb-operator']],
    ['confirm-proper-use', ['ctb-commander']],
    ['inspect-device', ['supervisor']],
    ['allot-roles', ['system-administrator']],
    ['decide-disclosure', ['privacy-officer']],
    ['manage-people', ['personnel-officer']],
    ['assess-radiation', ['radiation-safety-officer']],
    ['manage-records', ['records-officer']],
    ['sign-disposal', ['records-officer', 'law-department', 'records-commissioner']],
    ['release-hold', ['legal-bureau-chief']],
    ['keep-cases', ['investigator', 'records-officer']],
  ] as const)('XR26-SAFE-08: %s belongs to %j and to nobody else', (task, roles) => {
    expect(rolesFor(task)).toEqual(roles);
  });

  it('XR26-SAFE-08: a system administrator allots roles and has no police duty by it', () => {
    expect(tasksOf(['system-administrator'])).toEqual([
      'read-own-requests',
      'allot-roles',
      'report-breach',
      'report-misuse',
      'read-capability-sheet',
    ]);
  });

  it('XR26-SAFE-08: someone without a role may do nothing', () => {
    for (const task of ALL_TASKS) expect(mayDo([], task)).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString', 'Executive', 'ctb-executive ', '', 'admin'])(
    'XR26-SAFE-08: %j is no role and gives nothing',
    (name) => {
      expect(isRole(name)).toBe(false);
      for (const task of ALL_TASKS) expect(mayDo([name], task)).toBe(false);
    },
  );

  it('nyc-1133-f: the offices outside the department sign disposals, read what they are about, and do nothing else', () => {
    for (const role of ['law-department', 'records-commissioner']) {
      expect(tasksOf([role]).filter((task) => !mayDo(['member'], task))).toEqual(['sign-disposal', 'read-retention']);
    }
  });

  it('house-hold-wins: more may place a hold than release one, and whoever signs a disposal releases none', () => {
    expect(rolesFor('place-hold')).toEqual([
      'privacy-officer',
      'legal-bureau-chief',
      'records-officer',
      'foil-officer',
      'auditor',
      'internal-affairs',
    ]);
    for (const role of rolesFor('sign-disposal')) expect(mayDo([role], 'release-hold')).toBe(false);
  });

  it('XR26-SAFE-07: who reads how long records are kept reads it for a duty that asks for it', () => {
    for (const role of rolesFor('read-retention'))
      expect(mayDo([role], 'place-hold') || mayDo([role], 'sign-disposal')).toBe(true);
    for (const role of rolesFor('keep-cases')) expect(mayDo([role], 'read-cases')).toBe(true);
  });

  it('gives every task to at least one role', () => {
    expect(ALL_TASKS.filter((task) => rolesFor(task).length === 0)).toEqual([]);
  });

  it('lets any member report misuse and read the capability sheet', () => {
    for (const role of ROLES) {
      expect(mayDo([role], 'report-misuse')).toBe(true);
      expect(mayDo([role], 'read-capability-sheet')).toBe(true);
    }
  });

  it('gives several roles what each of them has, and nothing more', () => {
    fc.assert(
      fc.property(fc.subarray([...ROLES]), fc.constantFrom(...ALL_TASKS), (roles, task) => {
        expect(mayDo(roles, task)).toBe(roles.some((role) => mayDo([role], task)));
      }),
    );
  });
});

describe('the groups of the sign-in service', () => {
  it('become the roles of the same name; others are left out', () => {
    expect(rolesOfGroups(['ctb-executive', 'softball-team', 'member'])).toEqual(['member', 'ctb-executive']);
    expect(rolesOfGroups(['softball-team'])).toEqual([]);
  });
});
