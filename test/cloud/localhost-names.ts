/**
 * Names that end in .localhost are this machine (RFC 6761), which browsers know and Node's resolver may not. Emulators
 * give an HTTP API a name of that kind.
 */
import dns from 'node:dns';

const asked = dns.lookup;
const named = (host: string): string => (host.endsWith('.localhost') ? 'localhost' : host);
dns.lookup = Object.assign((host: string, ...rest: [never, never]) => asked(named(host), ...rest), asked);
