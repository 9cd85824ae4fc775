/**
 * The development certificate authority: a root and an intermediate for RSA and for ГОСТ, people's certificates
 * on demand, revocation. It lives in a data folder, so that trust survives a restart.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Certificate } from 'pkijs';
import {
  createCertificate,
  purposeOid,
  roleOid,
  serialHex,
  toPem,
  type CertificateRole,
  type CertificateTemplate,
  type Credential,
  type NamePart,
} from './certificates.ts';
import { newKey, restoreKey, storeKey, type KeyAlgorithm } from './keys.ts';
import type { CertificateStatus } from './status-answers.ts';

const DAY_MS = 86_400_000;
const ROOT_DAYS = 3650;
const INTERMEDIATE_DAYS = 3640;
/** Longer than the real year, so that a demonstration moved forward in time keeps its signers. */
const PERSON_DAYS = 1095;

/** Who the certificate is for. ИИН has 12 digits; БИН and organisation go together. */
export interface Subject {
  iin: string;
  surname: string;
  name: string;
  patronymic: string | null;
  bin?: string | null;
  organization?: string | null;
}

export interface IssueRequest extends Subject {
  purpose: 'sign' | 'auth';
  algorithm?: KeyAlgorithm;
  notBefore?: Date;
  notAfter?: Date;
  /** Issue it revoked at once. */
  revoked?: boolean;
  /** Rights inside the organisation. Default: employee. */
  roles?: readonly CertificateRole[];
  /** Anything of the certificate done differently, for wrong certificates in tests. */
  override?: Partial<CertificateTemplate>;
}

export interface IssuedCredential extends Credential {
  serial: string;
  pem: string;
}

interface Chain {
  root: Credential;
  intermediate: Credential;
  responder: Credential;
}

const authorityNames: Record<KeyAlgorithm, { root: string; intermediate: string }> = {
  rsa: {
    root: 'ДАМЫТУ НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)',
    intermediate: 'ДАМЫТУ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA)',
  },
  gost: {
    root: 'ДАМЫТУ НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST)',
    intermediate: 'ДАМЫТУ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST)',
  },
};

/** The invented organisation whose key seals the documents of a demonstration. */
const SERVICE = {
  iin: '800101000009',
  surname: 'МӨР',
  name: 'ҚЫЗМЕТ',
  patronymic: null,
  bin: '990340009999',
  organization: 'МЕДИЦИНАЛЫҚ-ӘЛЕУМЕТТІК САРАПТАМА ҚЫЗМЕТІ (ДЕМО)',
};

const policyOf = {
  organization: { sign: '1.2.398.3.3.2.1', auth: '1.2.398.3.3.2.2' },
  individual: { sign: '1.2.398.3.3.2.3', auth: '1.2.398.3.3.2.4' },
} as const;

export class DevelopmentAuthority {
  readonly #chains: Record<KeyAlgorithm, Chain>;
  readonly #addresses: { ocsp: string; crl: string };
  readonly #journal: string | null;
  /** Serial numbers ever given out, with the moment of revocation. */
  readonly #issued = new Map<string, Date | null>();
  readonly #credentials = new Map<string, Promise<IssuedCredential>>();

  private constructor(
    chains: Record<KeyAlgorithm, Chain>,
    addresses: { ocsp: string; crl: string },
    journal: string | null,
  ) {
    this.#chains = chains;
    this.#addresses = addresses;
    this.#journal = journal;
  }

  /**
   * Opens the authority kept in `dataDir`, or makes a new one. With null it lives in memory only.
   * `baseUrl` is where its OCSP and list will answer.
   */
  static async open(dataDir: string | null, baseUrl: string): Promise<DevelopmentAuthority> {
    const folder = dataDir === null ? null : join(dataDir, 'pki');
    if (folder !== null) mkdirSync(folder, { recursive: true });
    const [rsa, gost] = await Promise.all([openChain('rsa', folder), openChain('gost', folder)]);
    const authority = new DevelopmentAuthority(
      { rsa, gost },
      { ocsp: `${baseUrl}/pki/ocsp`, crl: `${baseUrl}/pki/crl` },
      folder === null ? null : join(folder, 'issued.txt'),
    );
    authority.#readJournal();
    return authority;
  }

  /** PEM bundle of both roots and both intermediates. */
  get trustAnchorsPem(): string {
    return (['rsa', 'gost'] as const)
      .flatMap((each) => [this.#chains[each].root, this.#chains[each].intermediate])
      .map((each) => toPem(each.certificate))
      .join('');
  }

  /** The authorities of one algorithm, for tests that need to misuse them. */
  chain(algorithm: KeyAlgorithm): Chain {
    return this.#chains[algorithm];
  }

  /** Issues a new certificate with a new key. */
  async issue(request: IssueRequest): Promise<IssuedCredential> {
    const algorithm = request.algorithm ?? 'rsa';
    const { intermediate } = this.#chains[algorithm];
    const kind = request.bin == null ? 'individual' : 'organization';
    const now = Date.now();
    const template: CertificateTemplate = {
      subject: subjectName(request),
      key: await newKey(algorithm),
      issuer: intermediate,
      notBefore: request.notBefore ?? new Date(now - 3_600_000),
      notAfter: request.notAfter ?? new Date(now + PERSON_DAYS * DAY_MS),
      keyUsage:
        request.purpose === 'sign'
          ? ['digitalSignature', 'nonRepudiation']
          : ['digitalSignature', 'keyEncipherment'],
      extendedKeyUsage: extendedKeyUsage(request, kind),
      policies: [policyOf[kind][request.purpose]],
      ocspUrl: this.#addresses.ocsp,
      crlUrl: algorithm === 'rsa' ? this.#addresses.crl : `${this.#addresses.crl}/gost`,
      ...request.override,
    };
    const certificate = createCertificate(template);
    const serial = serialHex(certificate.serialNumber);
    this.#record(serial, request.revoked === true ? new Date(now) : null);
    return { certificate, key: template.key, serial, pem: toPem(certificate) };
  }

  /** The lasting certificate of a person for one purpose: issued at the first call, the same one afterwards. */
  credentialOf(
    subject: Subject,
    purpose: 'sign' | 'auth',
    algorithm: KeyAlgorithm = 'rsa',
  ): Promise<IssuedCredential> {
    const key = [subject.iin, subject.bin ?? '', subject.surname, subject.name, purpose, algorithm].join('|');
    const known = this.#credentials.get(key);
    if (known !== undefined) return known;
    const issued = this.issue({ ...subject, purpose, algorithm });
    this.#credentials.set(key, issued);
    return issued;
  }

  /** Certificate and key of an organisation that signs documents, in one PEM text; a new one at each call. */
  async serviceKeyPem(): Promise<string> {
    const issued = await this.issue({ ...SERVICE, purpose: 'sign', roles: ['right-to-sign'] });
    return `${issued.pem}${storeKey(issued.key)}`;
  }

  /** Revokes a certificate by its serial number; false when it was never issued here. */
  revoke(serial: string, at: Date = new Date()): boolean {
    if (!this.#issued.has(serial)) return false;
    this.#record(serial, at);
    return true;
  }

  /** Revokes everything given out to a person and forgets it, so that the next signature gets a new one. */
  async revokePerson(iin: string): Promise<string[]> {
    const keys = [...this.#credentials.keys()].filter((each) => each.startsWith(`${iin}|`));
    const serials: string[] = [];
    for (const key of keys) {
      const credential = await this.#credentials.get(key);
      if (credential !== undefined && this.revoke(credential.serial)) serials.push(credential.serial);
    }
    return serials;
  }

  /** What the authority knows about a serial number. */
  statusOf(serial: string): CertificateStatus {
    const revokedAt = this.#issued.get(serial);
    if (revokedAt === undefined) return { kind: 'unknown' };
    return revokedAt === null ? { kind: 'good' } : { kind: 'revoked', at: revokedAt };
  }

  /** All revoked serial numbers. */
  revoked(): { serial: string; at: Date }[] {
    return [...this.#issued].flatMap(([serial, at]) => (at === null ? [] : [{ serial, at }]));
  }

  #record(serial: string, revokedAt: Date | null): void {
    this.#issued.set(serial, revokedAt);
    if (this.#journal !== null)
      appendFileSync(this.#journal, `${serial} ${revokedAt?.toISOString() ?? '-'}\n`);
  }

  #readJournal(): void {
    if (this.#journal === null) return;
    for (const line of readIfPresent(this.#journal)?.split('\n') ?? []) {
      const [serial, at] = line.split(' ');
      if (serial !== undefined && at !== undefined)
        this.#issued.set(serial, at === '-' ? null : new Date(at));
    }
  }
}

function subjectName(subject: Subject): NamePart[] {
  const organization: NamePart[] =
    subject.bin == null
      ? []
      : [
          ['O', subject.organization ?? ''],
          ['OU', `BIN${subject.bin}`],
        ];
  const patronymic: NamePart[] = subject.patronymic === null ? [] : [['G', subject.patronymic]];
  return [
    ['CN', `${subject.surname} ${subject.name}`],
    ['SURNAME', subject.surname],
    ['SERIALNUMBER', `IIN${subject.iin}`],
    ['C', 'KZ'],
    ...organization,
    ...patronymic,
  ];
}

function extendedKeyUsage(request: IssueRequest, kind: 'individual' | 'organization'): string[] {
  const purpose = request.purpose === 'sign' ? purposeOid.emailProtection : purposeOid.clientAuthentication;
  if (kind === 'individual') return [purpose, purposeOid.individual];
  const roles = request.roles ?? ['employee'];
  return [purpose, purposeOid.organization, ...roles.map((each) => roleOid[each])];
}

/** Makes a root and an intermediate that nobody knows: for tests, a foreign authority. */
export async function createChain(algorithm: KeyAlgorithm, suffix = ''): Promise<Chain> {
  const names = authorityNames[algorithm];
  const yesterday = Date.now() - DAY_MS;
  const rootKey = await newKey(algorithm);
  const root: Credential = {
    key: rootKey,
    certificate: createCertificate({
      subject: [
        ['CN', names.root + suffix],
        ['C', 'KZ'],
      ],
      key: rootKey,
      issuer: null,
      notBefore: new Date(yesterday),
      notAfter: new Date(yesterday + ROOT_DAYS * DAY_MS),
      keyUsage: ['keyCertSign', 'crlSign'],
      authorityPathLength: 1,
    }),
  };
  const key = await newKey(algorithm);
  const intermediate: Credential = {
    key,
    certificate: createCertificate({
      subject: [
        ['CN', names.intermediate + suffix],
        ['C', 'KZ'],
      ],
      key,
      issuer: root,
      notBefore: new Date(yesterday),
      notAfter: new Date(yesterday + INTERMEDIATE_DAYS * DAY_MS),
      keyUsage: ['keyCertSign', 'crlSign'],
      authorityPathLength: 0,
      policies: ['1.2.398.3.3.2'],
    }),
  };
  return { root, intermediate, responder: await createResponder(intermediate) };
}

/** A responder appointed by an authority to answer about its certificates. */
export async function createResponder(
  issuer: Credential,
  override: Partial<CertificateTemplate> = {},
): Promise<Credential> {
  const key = await newKey(issuer.key.algorithm);
  const certificate = createCertificate({
    subject: [
      ['CN', 'OCSP RESPONDER'],
      ['C', 'KZ'],
    ],
    key,
    issuer,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 365 * DAY_MS),
    keyUsage: ['digitalSignature'],
    extendedKeyUsage: [purposeOid.ocspSigning],
    ocspNoCheck: true,
    ...override,
  });
  return { key, certificate };
}

async function openChain(algorithm: KeyAlgorithm, folder: string | null): Promise<Chain> {
  if (folder === null) return createChain(algorithm);
  const file = join(folder, `authority-${algorithm}.json`);
  const stored = readIfPresent(file);
  if (stored !== null) {
    const { root, intermediate } = JSON.parse(stored) as Record<'root' | 'intermediate', StoredCredential>;
    const issuer = restore(algorithm, intermediate);
    return { root: restore(algorithm, root), intermediate: issuer, responder: await createResponder(issuer) };
  }
  const chain = await createChain(algorithm);
  const content = { root: store(chain.root), intermediate: store(chain.intermediate) };
  writeFileSync(file, JSON.stringify(content, null, 2), { mode: 0o600 });
  return chain;
}

interface StoredCredential {
  certificate: string;
  key: string;
}

function store({ certificate, key }: Credential): StoredCredential {
  return { certificate: Buffer.from(certificate.toSchema().toBER()).toString('base64'), key: storeKey(key) };
}

function restore(algorithm: KeyAlgorithm, stored: StoredCredential): Credential {
  return {
    certificate: Certificate.fromBER(Uint8Array.from(Buffer.from(stored.certificate, 'base64'))),
    key: restoreKey(algorithm, stored.key),
  };
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
