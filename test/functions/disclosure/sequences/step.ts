/** One thing that somebody does in a sequence, and the words it is told in when a sequence fails. */
import type fc from 'fast-check';
import type { World } from './world.ts';

export class Step implements fc.AsyncCommand<World, World> {
  readonly words: string;
  readonly #act: (world: World) => Promise<void>;
  readonly #can: (world: Readonly<World>) => boolean;

  constructor(
    words: string,
    act: (world: World) => Promise<void>,
    can: (world: Readonly<World>) => boolean = () => true,
  ) {
    this.words = words;
    this.#act = act;
    this.#can = can;
  }

  check(world: Readonly<World>): boolean {
    return this.#can(world);
  }

  async run(world: World): Promise<void> {
    await this.#act(world);
  }

  toString(): string {
    return this.words;
  }
}
