/** The part of ncalayer-js-client we use; the package carries no types. */
declare module 'ncalayer-js-client' {
  interface SigningParams {
    decode?: boolean;
    encapsulate?: boolean;
    digested?: boolean;
    tsaProfile?: object;
  }

  export class NCALayerClient {
    constructor(url?: string, allowKmdHttpApi?: boolean);
    /** Where KAZTOKEN is looked for after connecting. */
    kmdHttpApiUrl: string;
    readonly wsConnection: WebSocket | null;
    connect(): Promise<string>;
    /** Signs data given as base64; rejects with `canceledByUser` when the person changed their mind. */
    basicsSignCMS(
      allowedStorages: string[] | null,
      data: string,
      signingParams: SigningParams,
      signerParams: { extKeyUsageOids: string[] },
      locale?: string,
    ): Promise<string | string[]>;
    static get basicsStorageAll(): string[] | null;
    static get basicsCMSParamsDetachedNoTSP(): SigningParams;
  }
}
