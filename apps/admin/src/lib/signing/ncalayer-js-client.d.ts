/** What this app uses of ncalayer-js-client 1.5.6, which ships no types. */
declare module 'ncalayer-js-client' {
  export class NCALayerError extends Error {
    canceledByUser?: boolean;
  }

  export class NCALayerClient {
    constructor(url?: string, allowKmdHttpApi?: boolean);
    /** Address probed for the HTTP interface of KAZTOKEN on every `connect`. */
    kmdHttpApiUrl: string;
    wsConnection: WebSocket | null;
    static get basicsStorageAll(): null;
    /** Answers the version of NCALayer. */
    connect(): Promise<string>;
    basicsSignCMS(
      storages: string[] | null,
      base64: string,
      signingParams: { decode: boolean; encapsulate: boolean; digested: boolean },
      signerParams: { extKeyUsageOids: string[]; chain?: string[] },
      locale: string,
    ): Promise<string | string[]>;
  }
}
