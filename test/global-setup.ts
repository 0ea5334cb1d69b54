/** Once before all tests: the cloud assembly that the local and browser tests run on. */
import { assembly } from '../demo/assembly.ts';

export default function setup(): void {
  assembly(console.log);
}
