import type { Attachment, FileFinding } from '@mse/domain/intake';
import { createHash } from 'node:crypto';
import { MAX_FILE_BYTES, type Registries } from '../../platform/gateways/registries.ts';
import { type FileMediaType, inspectFile } from './inspect-file.ts';

/** Largest files of one form together, bytes. */
const MAX_FORM_BYTES = 60_000_000;

/** A file of a form, fetched and found right. */
export interface CollectedFile {
  storeId: string;
  kind: string;
  mediaType: FileMediaType;
  sha256: string;
  content: Buffer;
}

/** What the store says of each attachment, in their order, and the files that can be kept. */
export interface CollectedFiles {
  findings: FileFinding[];
  files: CollectedFile[];
}

/**
 * IN-11, F014, F015: asks the electronic document store about each file of a form. The store's own hash and the hash of the bytes
 * must both be the form's; bytes that are not what the store says they are count as its silence. One file after the other, so that
 * a form holds no more than it may.
 */
export async function collectFiles(
  registries: Registries,
  attachments: readonly Attachment[],
): Promise<CollectedFiles> {
  const findings: FileFinding[] = [];
  const files: CollectedFile[] = [];
  const seen = new Set<string>();
  let total = 0;
  for (const attachment of attachments) {
    const storeId = attachment.storeId?.trim();
    const sha256 = attachment.sha256?.trim().toLowerCase();
    if (!storeId || !sha256) {
      // Rows without which nothing can be asked are named as empty already.
      findings.push({ kind: 'fits' });
      continue;
    }
    if (seen.has(storeId)) {
      findings.push({ kind: 'unusable', why: 'twice' });
      continue;
    }
    seen.add(storeId);
    const finding = await collect(registries, storeId, sha256, attachment, MAX_FORM_BYTES - total);
    findings.push(finding.kind === 'file' ? { kind: 'fits' } : finding);
    if (finding.kind !== 'file') continue;
    total += finding.file.content.length;
    files.push(finding.file);
  }
  return { findings, files };
}

async function collect(
  registries: Registries,
  storeId: string,
  sha256: string,
  attachment: Attachment,
  room: number,
): Promise<FileFinding | { kind: 'file'; file: CollectedFile }> {
  const described = await registries.document(storeId);
  if (described.kind === 'silent') return { kind: 'silent' };
  if (described.kind === 'not-found') return { kind: 'missing' };
  if (described.value.sha256 !== sha256) return { kind: 'differs' };
  if (described.value.bytes > MAX_FILE_BYTES || described.value.bytes > room)
    return { kind: 'unusable', why: 'too-large' };
  const content = await registries.documentContent(storeId);
  if (content === null || createHash('sha256').update(content).digest('hex') !== sha256)
    return { kind: 'silent' };
  const inspection = inspectFile(content, attachment.mediaType);
  if (!inspection.ok) return { kind: 'unusable', why: inspection.trouble };
  const file = {
    storeId,
    kind: attachment.kind?.trim() ?? 'other',
    mediaType: inspection.mediaType,
    sha256,
    content,
  };
  return { kind: 'file', file };
}
