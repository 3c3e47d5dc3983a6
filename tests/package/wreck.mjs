// Makes an instance of the core trap: its memory is overwritten, which makes the next call run into it.
import { after, before } from 'node:test';

const { Instance } = WebAssembly;
const memories = [];
before(() => {
  WebAssembly.Instance = class extends Instance {
    constructor(...args) {
      super(...args);
      memories.push(Object.values(this.exports).find((value) => value instanceof WebAssembly.Memory));
    }
  };
});
after(() => {
  WebAssembly.Instance = Instance;
});

/** How many instances were made so far. */
export const instances = () => memories.length;

/** Makes the instance that was made last fail at its next call. */
export const wreck = () => new Uint8Array(memories.at(-1).buffer).fill(0xff);
