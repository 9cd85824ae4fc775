import {
  Form031Answer,
  Form031Batch,
  Form031BatchAnswer,
  Form031Document,
  Form031Draft,
  Form031DraftAnswer,
  Form031Message,
  Problem,
} from '@mse/contracts/intake';
import { ERROR_CODES } from '@mse/domain/intake';
import { translator } from '@mse/i18n';
import { z } from 'zod';
import { PROBLEMS, type ProblemName } from './problems.ts';

/** Codes that belong to the remote proactive track alone. */
const OF_REMOTE = ERROR_CODES.filter((code) => /^F0(01|09|1[0-5])$/.test(code));

const EXAMPLE_DOCUMENT = {
  number: '031-2026-000123',
  formedOn: '2026-11-20',
  track: 'in-person',
  purpose: 'disability-first',
  patient: {
    iin: '900101000001',
    surname: 'Қуатова',
    name: 'Әлия',
    patronymic: 'Ерланқызы',
    phone: '+77011234567',
  },
  organizationBin: '990140000011',
  organizationName: 'Көкшетау қалалық № 1 емханасы',
  icd10: 'I69.3',
  diagnosis: '…',
  complaints: '…',
  anamnesis: '…',
  objectiveStatus: '…',
  recommendations: '…',
};

/** What a sending system needs to know, as OpenAPI 3.1, made from the contracts themselves. */
export function openApiDocument() {
  const schemas = {
    Form031Message: schemaOf(Form031Message, 'input'),
    Form031Batch: schemaOf(Form031Batch, 'input'),
    Form031Draft: schemaOf(Form031Draft, 'input'),
    Form031DraftAnswer: schemaOf(Form031DraftAnswer, 'output'),
    Form031Document: schemaOf(Form031Document, 'input'),
    Form031Answer: schemaOf(Form031Answer, 'output'),
    Form031BatchAnswer: schemaOf(Form031BatchAnswer, 'output'),
    Problem: schemaOf(Problem, 'output'),
  };
  const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` });
  const json = (name: keyof typeof schemas, example?: unknown) => ({
    'application/json': { schema: ref(name), ...(example ? { example } : {}) },
  });
  const problems = (...names: ProblemName[]) =>
    Object.fromEntries(
      [...Map.groupBy(names, (name) => PROBLEMS[name].status)].map(([status, group]) => [
        status,
        {
          description: group
            .map((name) => `\`urn:saraptama:problem:${name}\`: ${PROBLEMS[name].title}`)
            .join('. '),
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      ]),
    );
  const always: ProblemName[] = ['not-authenticated', 'too-many-requests', 'internal'];
  const body: ProblemName[] = ['invalid-message', 'not-json', 'not-utf-8', 'not-json-content', 'too-large'];
  const answer = (state: string, reasons: unknown[] = []) => ({
    messageId: 'mis-000001',
    state,
    formId: state === 'accepted' ? '0199f0a0-0000-7000-8000-000000000001' : null,
    receivedAt: '2026-11-23T04:00:00.000Z',
    decidedAt: state === 'waiting' ? null : '2026-11-23T04:00:00.120Z',
    reasons,
  });
  const exampleReason = {
    code: 'F005',
    detail: null,
    kk: translator('kk')('intake:code.F005'),
    ru: translator('ru')('intake:code.F005'),
    en: translator('en')('intake:code.F005'),
  };
  const exampleMessage = {
    messageId: 'mis-000001',
    document: Buffer.from(JSON.stringify(EXAMPLE_DOCUMENT)).toString('base64'),
    signature: 'MIIG…',
  };

  return {
    openapi: '3.1.0',
    info: {
      title: 'Saraptama: intake of forms 031/у',
      version: '1.0.0',
      description: [
        'Medical information systems send forms 031/у for medico-social examination, in person or by the remote proactive track. The row `track` of the form says which; `service` of the message may ask for the remote track besides, and then another mark of the form is F010.',
        'A message carries the exact bytes of the form and a detached CMS signature over them, made with the key for signing of the medical organisation (its БИН must be `organizationBin` of the form). The first receipt of these bytes counts as the moment of signing.',
        'A form is answered with all its codes at once. `returned` (200) is an outcome, not an error: the message was taken, judged and kept; correct the form and send it again under the same or a new message id.',
        '`waiting` (202): a registry or the revocation service is silent. The checks go on by themselves; ask for the state, or send the same message again. A silent registry never returns a form.',
        'Sending the same message id with the same content again is harmless. Other content under an accepted id is answered with F016.',
        'A form of the remote track carries the sections of consultations, results, treated cases and rehabilitation, the SMS of consent, the sending system, and the identifiers and SHA-256 of its files in the electronic document store. Files are PDF, PNG or JPEG of at most 15 MB each and 60 MB together; a file that cannot be taken (active content, encryption, too many pixels, another kind than stated) is named as an unusable row by F008. Returns are told to the system of the Ministry of Health besides this answer.',
        'Before the chair signs, `POST /forms-031/validate` answers what an unsigned form of the remote track lacks: rows, mandatory examinations of its nosological form, and codes that are certain by the form alone. Nothing of it is kept.',
        `Codes of the remote track alone: ${OF_REMOTE.join(', ')}.`,
        `Codes: ${ERROR_CODES.map((code) => `**${code}** ${translator('en')(`intake:code.${code}`, { detail: '…' })}`).join('; ')}.`,
      ].join('\n\n'),
    },
    servers: [{ url: '/integration/v1' }],
    security: [{ client: [] }],
    paths: {
      '/forms-031': {
        post: {
          operationId: 'sendForm031',
          summary: 'Send one form',
          requestBody: { required: true, content: json('Form031Message', exampleMessage) },
          responses: {
            200: {
              description: 'Returned with its reasons',
              content: json('Form031Answer', answer('returned', [exampleReason])),
            },
            201: { description: 'Accepted', content: json('Form031Answer', answer('accepted')) },
            202: {
              description: 'Waiting for a silent registry',
              content: json('Form031Answer', answer('waiting')),
            },
            ...problems(...body, ...always),
          },
        },
      },
      '/forms-031/batch': {
        post: {
          operationId: 'sendForms031',
          summary: 'Send up to 100 forms; each is answered on its own, in the order sent',
          requestBody: { required: true, content: json('Form031Batch', { messages: [exampleMessage] }) },
          responses: {
            200: {
              description: 'One answer for each message; `failed` ones may be sent again',
              content: json('Form031BatchAnswer', { answers: [answer('accepted')] }),
            },
            ...problems(...body, ...always),
          },
        },
      },
      '/forms-031/validate': {
        post: {
          operationId: 'validateForm031',
          summary: 'What an unsigned form of the remote track lacks; nothing is stored',
          requestBody: { required: true, content: json('Form031Draft') },
          responses: {
            200: { description: 'What is missing, item by item', content: json('Form031DraftAnswer') },
            ...problems(...body, ...always),
          },
        },
      },
      '/forms-031/{messageId}': {
        get: {
          operationId: 'stateOfForm031',
          summary: 'Where a message stands',
          parameters: [
            {
              name: 'messageId',
              in: 'path',
              required: true,
              schema: { type: 'string', minLength: 1, maxLength: 100 },
            },
          ],
          responses: {
            200: { description: 'Its state', content: json('Form031Answer', answer('accepted')) },
            ...problems('not-found', ...always),
          },
        },
      },
    },
    components: {
      schemas,
      securitySchemes: {
        client: { type: 'http', scheme: 'bearer', description: 'Token given to the sending system' },
      },
    },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return rest;
}
