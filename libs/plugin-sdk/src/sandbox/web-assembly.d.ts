/** What the sandbox uses of WebAssembly: TypeScript has its types in the library for browsers alone. */
declare namespace WebAssembly {
  class Module {}
  class Memory {
    readonly buffer: ArrayBuffer;
    constructor(pages: { readonly initial: number; readonly maximum: number });
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
