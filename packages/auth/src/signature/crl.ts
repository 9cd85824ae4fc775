/** Revocation lists (RFC 5280): a whole list, signed by the issuer, in force now. */
import { fromBER } from 'asn1js';
import { CertificateRevocationList, type Certificate } from 'pkijs';
import { isSignedBy, sameBytes, wholeBytes } from './algorithms.ts';
import { allowsKeyUsage, serialHex, subjectBytes } from './certificate.ts';

/** What is kept of a list after it was checked. */
export interface RevocationList {
  revokedSerials: ReadonlySet<string>;
  thisUpdate: Date;
  nextUpdate: Date;
}

/**
 * Reads a list and checks that `issuer` signed it. Null when it is malformed, signed by another, has no end,
 * or has critical extensions (delta and indirect lists), which would change its meaning.
 */
export function readRevocationList(der: Uint8Array, issuer: Certificate): RevocationList | null {
  try {
    // A national list holds hundreds of thousands of entries, far above the default limit of the parser.
    const parsed = fromBER(Uint8Array.from(der), { maxNodes: 20_000_000, maxContentLength: der.length });
    if (parsed.offset !== der.length) return null;
    const list = new CertificateRevocationList({ schema: parsed.result });
    const signature = wholeBytes(list.signatureValue);
    const isFromIssuer =
      signature !== null &&
      allowsKeyUsage(issuer, 'crlSign') &&
      sameBytes(new Uint8Array(list.issuer.toSchema().toBER()), subjectBytes(issuer)) &&
      list.signature.algorithmId === list.signatureAlgorithm.algorithmId &&
      isSignedBy(issuer.subjectPublicKeyInfo, list.signatureAlgorithm.algorithmId, list.tbsView, signature);
    if (!isFromIssuer || list.nextUpdate === undefined) return null;
    if (list.crlExtensions?.extensions.some((each) => each.critical)) return null;

    const revokedSerials = new Set<string>();
    for (const entry of list.revokedCertificates ?? []) {
      if (entry.crlEntryExtensions?.extensions.some((each) => each.critical)) return null;
      revokedSerials.add(serialHex(entry.userCertificate));
    }
    return { revokedSerials, thisUpdate: list.thisUpdate.value, nextUpdate: list.nextUpdate.value };
  } catch {
    return null;
  }
}

/** True if the list speaks for the moment `now`. */
export function isListInForce(list: RevocationList, now: Date, clockSkewMs: number): boolean {
  return (
    list.thisUpdate.getTime() <= now.getTime() + clockSkewMs &&
    list.nextUpdate.getTime() >= now.getTime() - clockSkewMs
  );
}
