import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** A right PDF of one empty page; `salt` makes its bytes its own. */
export function smallPdf(salt: string, extra = ''): Buffer {
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${extra}>>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
  ];
  let text = '%PDF-1.4\n';
  objects.forEach((object, index) => (text += `${index + 1} 0 obj\n${object}\nendobj\n`));
  const drawn = deflateSync(Buffer.from(`0 0 m ${salt.length} 10 l S`));
  const head = Buffer.from(`${text}4 0 obj\n<< /Length ${drawn.length} /Filter /FlateDecode >>\nstream\n`);
  const tail = Buffer.from(`\nendstream\nendobj\ntrailer << /Size 5 /Root 1 0 R >>\n% ${salt}\n%%EOF\n`);
  return Buffer.concat([head, drawn, tail]);
}

/** A right PNG of one grey pixel, or one that only claims to be larger. */
export function smallPng(claims: { width: number; height: number } = { width: 1, height: 1 }): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claims.width, 0);
  header.writeUInt32BE(claims.height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** A whole remote form of an oncological patient; its files and its consent must be put into the registries. */
export function remoteRows(options: {
  responder: string;
  consentId: string;
  files: Record<string, { content: Buffer; kind?: string; mediaType?: string }>;
  today: string;
}) {
  return {
    track: 'remote-proactive',
    icd10: 'C50.9',
    consultations: [
      {
        specialist: 'Онколог',
        heldOn: options.today,
        complaints: 'Әлсіздік',
        objective: 'Жағдайы орташа',
        dysfunction: 'severe',
        diagnosis: 'Сүт безінің қатерлі ісігі',
        recommendations: 'Бақылау',
      },
    ],
    laboratory: [{ name: 'Қанның жалпы талдауы', takenOn: options.today, result: 'Гемоглобин 98 г/л' }],
    treatedCases: [{ setting: 'inpatient', treatment: 'Химиотерапия', dynamics: 'Тұрақты' }],
    rehabilitation: { potential: 'medium', diagnosis: 'b28013.3', route: 'Амбулаториялық' },
    attachments: Object.entries(options.files).map(([storeId, { content, kind, mediaType }]) => ({
      storeId,
      kind: kind ?? 'other',
      mediaType: mediaType ?? 'application/pdf',
      sha256: sha256(content),
    })),
    consent: {
      messageId: options.consentId,
      responder: options.responder,
      text: 'Келісемін',
      givenAt: `${options.today}T05:00:00Z`,
    },
    sender: { system: 'damu', sentOn: options.today },
  };
}
