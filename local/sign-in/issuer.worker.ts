/** The thread of the issuer: its Date is the host's clock. Tells its parent the port it listens on, once. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { Journal } from '../journal.ts';
import { directoryIn } from './directory.ts';
import { issuers } from './issuer.ts';

export interface IssuerSettings {
  /** The host's data folder; this thread opens its own connection to the journal in it. */
  readonly folder: string;
  /** Element 0 is what the host's clock is ahead of the machine's, in ms. Shared memory. */
  readonly offset: Float64Array<SharedArrayBuffer>;
  readonly endpoint: string;
  /** Always allowed as a place to return to, besides what each client lists. */
  readonly site: string;
  /** True if people must give their password; otherwise one click signs in as anybody. */
  readonly passwordOnly: boolean;
}

const settings = workerData as IssuerSettings;
const MachineDate = Date;
const hostNow = (): number => Math.floor(MachineDate.now() + settings.offset[0]!);

globalThis.Date = new Proxy(MachineDate, {
  construct: (target, given: ConstructorParameters<DateConstructor> | []) =>
    given.length === 0 ? new target(hostNow()) : new target(...given),
  apply: () => new MachineDate(hostNow()).toString(),
  get: (target, name) => (name === 'now' ? hostNow : Reflect.get(target, name)),
});

const journal = new Journal(settings.folder);
const server = createServer(issuers(settings, journal, directoryIn(journal)));
server.listen(0, '127.0.0.1', () => parentPort!.postMessage((server.address() as AddressInfo).port));
