declare module 'asl-validator' {
  interface Finding {
    readonly 'Error code': string;
    readonly Message: string;
    readonly schemaError?: { readonly instancePath: string };
  }
  export default function validate(definition: unknown): {
    readonly isValid: boolean;
    readonly errors: readonly Finding[];
  };
}
