/** Another system of the department, as it speaks to the interface: a token by its own secret, then JSON. */
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';

export interface MachineOutputs {
  readonly UserPoolId: string;
  readonly InterfaceClientId: string;
  readonly InterfaceTokenUrl: string;
}

export class Machine {
  readonly #site: string;
  readonly #token: string;

  private constructor(site: string, token: string) {
    this.#site = site;
    this.#token = token;
  }

  /** Reads the client's secret as an administrator does, and asks for a token with every scope. @default endpoint the environment's */
  static async at(site: string, endpoint: string | undefined, outputs: MachineOutputs): Promise<Machine> {
    const cognito = new CognitoIdentityProviderClient(
      endpoint === undefined
        ? {}
        : { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    );
    const { UserPoolId, InterfaceClientId: ClientId } = outputs;
    const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    const basic = Buffer.from(`${ClientId}:${UserPoolClient?.ClientSecret}`).toString('base64');
    const answer = await fetch(outputs.InterfaceTokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await answer.json()) as { readonly access_token?: string };
    if (!token) throw new Error(`no token for the case-management system (${answer.status})`);
    return new Machine(site, token);
  }

  /** Sends JSON and answers JSON. Throws on anything but success, with what the problem says. */
  async send(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.#site}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${said.slice(0, 800)}`);
    return said ? (JSON.parse(said) as Record<string, unknown>) : {};
  }
}
