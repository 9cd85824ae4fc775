/** The little of node-gost-crypto that is used: the Streebog digest (GOST R 34.11-2012). */
declare module 'node-gost-crypto' {
  interface GostDigest {
    digest(data: ArrayBuffer): ArrayBuffer;
  }
  const library: {
    gostEngine: {
      getGostDigest(algorithm: { name: 'GOST R 34.11'; version: 2012; length: 256 | 512 }): GostDigest;
    };
  };
  export default library;
}
