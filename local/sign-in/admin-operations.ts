/** The operations of Cognito by which people, their groups and their passwords are kept. Dates in answers are seconds since 1970. */
import { AwsError, type Caller, type Host } from '../contract.ts';
import type { Directory, Group, PasswordPolicy, Person } from './directory.ts';

interface InPool {
  readonly UserPoolId: string;
}
interface OfPerson extends InPool {
  readonly Username: string;
}
type Attributes = readonly { readonly Name: string; readonly Value: string }[];

const LARGEST_PAGE = 60;

export function adminOperations(host: Host, directory: Directory) {
  const now = (): number => host.clock.now();

  function allowed(operation: string, { UserPoolId }: InPool, caller: Caller): void {
    caller.require(
      `cognito-idp:${operation}`,
      `arn:aws:cognito-idp:${host.region}:${host.account}:userpool/${UserPoolId}`,
    );
    if (!directory.pool(UserPoolId))
      throw new AwsError('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
  }
  function found(operation: string, input: OfPerson, caller: Caller): Person {
    allowed(operation, input, caller);
    const person = directory.person(input.UserPoolId, input.Username);
    if (!person) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return person;
  }
  function group({ UserPoolId, GroupName }: InPool & { GroupName: string }): void {
    if (!directory.groups(UserPoolId).some((each) => each.name === GroupName))
      throw new AwsError('ResourceNotFoundException', 'Group not found.');
  }

  return {
    AdminCreateUser(input: OfPerson & { UserAttributes?: Attributes; TemporaryPassword?: string }, caller: Caller) {
      allowed('AdminCreateUser', input, caller);
      const { UserPoolId, Username, TemporaryPassword } = input;
      const { passwords, usernameAttributes } = directory.pool(UserPoolId)!;
      if (TemporaryPassword !== undefined) judgePassword(passwords, TemporaryPassword);
      if (usernameAttributes.includes('email') && !/^[^\s@]+@[^\s@]+$/.test(Username))
        throw new AwsError('InvalidParameterException', 'Username should be an email.');
      const username = directory.person(UserPoolId, Username)
        ? undefined
        : directory.addPerson(UserPoolId, Username, fromList(input.UserAttributes ?? []), now());
      if (username === undefined) throw new AwsError('UsernameExistsException', 'User account already exists');
      if (TemporaryPassword !== undefined)
        directory.setPassword(UserPoolId, username, TemporaryPassword, 'FORCE_CHANGE_PASSWORD', now());
      return { User: userOf(directory.person(UserPoolId, username)!) };
    },
    AdminGetUser(input: OfPerson, caller: Caller) {
      const { Attributes, ...user } = userOf(found('AdminGetUser', input, caller));
      return { ...user, UserAttributes: Attributes };
    },
    AdminUpdateUserAttributes(input: OfPerson & { UserAttributes: Attributes }, caller: Caller) {
      const { sub: _sub, ...changes } = fromList(input.UserAttributes);
      directory.setAttributes(found('AdminUpdateUserAttributes', input, caller), changes, now());
      return {};
    },
    AdminSetUserPassword(input: OfPerson & { Password: string; Permanent?: boolean }, caller: Caller) {
      const { username } = found('AdminSetUserPassword', input, caller);
      judgePassword(directory.pool(input.UserPoolId)!.passwords, input.Password);
      directory.setPassword(
        input.UserPoolId,
        username,
        input.Password,
        input.Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
        now(),
      );
      return {};
    },
    AdminEnableUser(input: OfPerson, caller: Caller) {
      directory.setEnabled(found('AdminEnableUser', input, caller), true, now());
      return {};
    },
    AdminDisableUser(input: OfPerson, caller: Caller) {
      directory.setEnabled(found('AdminDisableUser', input, caller), false, now());
      return {};
    },
    AdminDeleteUser(input: OfPerson, caller: Caller) {
      directory.removePerson(found('AdminDeleteUser', input, caller));
      return {};
    },
    AdminUserGlobalSignOut(input: OfPerson, caller: Caller) {
      directory.signOut(found('AdminUserGlobalSignOut', input, caller));
      return {};
    },
    AdminAddUserToGroup(input: OfPerson & { GroupName: string }, caller: Caller) {
      const { username } = found('AdminAddUserToGroup', input, caller);
      group(input);
      directory.join(input.UserPoolId, input.GroupName, username);
      return {};
    },
    AdminRemoveUserFromGroup(input: OfPerson & { GroupName: string }, caller: Caller) {
      const { username } = found('AdminRemoveUserFromGroup', input, caller);
      group(input);
      directory.leave(input.UserPoolId, input.GroupName, username);
      return {};
    },
    AdminListGroupsForUser(input: OfPerson, caller: Caller) {
      const { username } = found('AdminListGroupsForUser', input, caller);
      return { Groups: directory.groupsOf(input.UserPoolId, username).map((each) => groupOf(input.UserPoolId, each)) };
    },
    CreateGroup(input: InPool & { GroupName: string; Description?: string; Precedence?: number }, caller: Caller) {
      allowed('CreateGroup', input, caller);
      if (directory.groups(input.UserPoolId).some((each) => each.name === input.GroupName))
        throw new AwsError('GroupExistsException', 'A group with the name already exists.');
      const made = {
        name: input.GroupName,
        description: input.Description ?? null,
        precedence: input.Precedence ?? null,
      };
      directory.setGroup(input.UserPoolId, made);
      return { Group: groupOf(input.UserPoolId, made) };
    },
    ListGroups(input: InPool, caller: Caller) {
      allowed('ListGroups', input, caller);
      return { Groups: directory.groups(input.UserPoolId).map((each) => groupOf(input.UserPoolId, each)) };
    },
    ListUsers(input: InPool & { Filter?: string; Limit?: number; PaginationToken?: string }, caller: Caller) {
      allowed('ListUsers', input, caller);
      const all = directory.people(input.UserPoolId).filter(filterOf(input.Filter));
      const from = Number(input.PaginationToken ?? 0);
      const until = from + Math.min(input.Limit ?? LARGEST_PAGE, LARGEST_PAGE);
      return {
        Users: all.slice(from, until).map(userOf),
        ...(until < all.length ? { PaginationToken: String(until) } : {}),
      };
    },
    DescribeUserPool(input: InPool, caller: Caller) {
      allowed('DescribeUserPool', input, caller);
      const pool = directory.pool(input.UserPoolId)!;
      return {
        UserPool: {
          Id: pool.id,
          Name: pool.name,
          Arn: `arn:aws:cognito-idp:${host.region}:${host.account}:userpool/${pool.id}`,
          EstimatedNumberOfUsers: directory.people(pool.id).length,
        },
      };
    },
    DescribeUserPoolClient(input: InPool & { ClientId: string }, caller: Caller) {
      allowed('DescribeUserPoolClient', input, caller);
      const client = directory.client(input.ClientId);
      if (client?.pool !== input.UserPoolId)
        throw new AwsError('ResourceNotFoundException', `User pool client ${input.ClientId} does not exist.`);
      const { id, name, secret, callbackUrls, logoutUrls, machineScopes } = client;
      return {
        UserPoolClient: {
          UserPoolId: input.UserPoolId,
          ClientId: id,
          ClientName: name,
          ...(secret ? { ClientSecret: secret } : {}),
          CallbackURLs: callbackUrls,
          LogoutURLs: logoutUrls,
          AllowedOAuthFlows: machineScopes ? ['client_credentials'] : ['code'],
          ...(machineScopes && { AllowedOAuthScopes: machineScopes }),
        },
      };
    },
  };
}

const CLASSES = {
  uppercase: /\p{Lu}/u,
  lowercase: /\p{Ll}/u,
  numeric: /[0-9]/,
  symbol: /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/,
} as const;

function judgePassword({ minimumLength, mustContain }: PasswordPolicy, password: string): void {
  const refuse = (reason: string): never => {
    throw new AwsError('InvalidPasswordException', `Password did not conform with policy: ${reason}`);
  };
  if (password.length < minimumLength) refuse(`Password not long enough (give at least ${minimumLength} characters)`);
  for (const kind of mustContain) if (!CLASSES[kind].test(password)) refuse(`Password must have ${kind} characters`);
}

/** Cognito's filters: `attribute = "value"` or `attribute ^= "start"`. Throws InvalidParameterException for any other. */
function filterOf(filter: string | undefined): (person: Person) => boolean {
  if (!filter) return () => true;
  const [, name = '', operator, value = ''] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter) ?? [];
  if (!operator)
    throw new AwsError(
      'InvalidParameterException',
      `ListUsers: Filter is ${filter}; write attribute = "value" or attribute ^= "start"`,
    );
  const wanted = value.replaceAll(/\\(.)/g, '$1');
  return (person) => {
    const own: Record<string, string> = {
      ...person.attributes,
      username: person.username,
      status: person.enabled ? 'Enabled' : 'Disabled',
      'cognito:user_status': person.status,
    };
    return operator === '=' ? own[name] === wanted : (own[name] ?? '').startsWith(wanted);
  };
}

function userOf(person: Person) {
  return {
    Username: person.username,
    Attributes: Object.entries(person.attributes).map(([Name, Value]) => ({ Name, Value })),
    UserCreateDate: person.createdAt / 1_000,
    UserLastModifiedDate: person.changedAt / 1_000,
    Enabled: person.enabled,
    UserStatus: person.status,
  };
}

function groupOf(UserPoolId: string, group: Group) {
  return {
    UserPoolId,
    GroupName: group.name,
    ...(group.description === null ? {} : { Description: group.description }),
    ...(group.precedence === null ? {} : { Precedence: group.precedence }),
  };
}

function fromList(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]));
}
