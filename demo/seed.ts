/**
 * Brings the demonstration people, devices, training and registers to a running postact, through the same doors an administrator
 * uses: the directory (Cognito) and the import functions. Safe to run again. Works against any AWS endpoint.
 */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mailOf, PEOPLE, type DemoPerson } from './people.ts';
import { devicesOn, trainingsOn } from './equipment.ts';
import { registersOn } from './registers.ts';

/** The stack's outputs that seeding needs, by name. */
export interface Outputs {
  readonly UserPoolId: string;
  readonly ImportPeopleFunctionName: string;
  readonly ImportDevicesFunctionName: string;
  readonly ImportTrainingsFunctionName: string;
  readonly ImportRegistersFunctionName: string;
  readonly ImportRecordsFunctionName: string;
}

export interface SeedOptions {
  /** The AWS endpoint; without it the SDK's own. */
  readonly endpoint?: string;
  /** Today, for inspections and training that are current. */
  readonly now: Date;
  /** A password for every demonstration person, where the directory asks for one. */
  readonly password: string;
}

export async function seed(outputs: Outputs, { endpoint, now, password }: SeedOptions): Promise<void> {
  const aws = endpoint
    ? { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
    : {};
  const cognito = new CognitoIdentityProviderClient(aws);
  const lambda = new LambdaClient(aws);
  for (const person of PEOPLE) await addToDirectory(cognito, outputs.UserPoolId, person, password);

  const people = PEOPLE.map(({ title: _, ...person }) => ({ ...person, email: mailOf(person), active: true }));
  await call(lambda, outputs.ImportPeopleFunctionName, { people, by: 'demonstration' });
  await call(lambda, outputs.ImportDevicesFunctionName, { devices: devicesOn(now), by: 'demonstration' });
  await call(lambda, outputs.ImportTrainingsFunctionName, { trainings: trainingsOn(now), by: 'demonstration' });
  await call(lambda, outputs.ImportRegistersFunctionName, { ...registersOn(now), by: 'demonstration' });
}

async function addToDirectory(
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
  person: DemoPerson,
  password: string,
): Promise<void> {
  const Username = person.directoryName;
  try {
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        TemporaryPassword: password,
        UserAttributes: [
          { Name: 'email', Value: mailOf(person) },
          { Name: 'email_verified', Value: 'true' },
          { Name: 'name', Value: person.name },
          { Name: 'profile', Value: person.title },
        ],
      }),
    );
    await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }));
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
  }
  for (const GroupName of person.roles)
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
}

async function call(lambda: LambdaClient, FunctionName: string, payload: object): Promise<void> {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(payload)) }));
  if (answer.FunctionError)
    throw new Error(`${FunctionName} refused the demonstration data: ${Buffer.from(answer.Payload ?? []).toString()}`);
}
