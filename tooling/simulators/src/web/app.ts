/** Everything the simulators serve over HTTP: pages, certificates, registries, controls. */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { egovMobileModes, type EgovMobileSimulator } from '../egov-mobile/egov-mobile.ts';
import { ncalayerModes, type NcalayerSimulator } from '../ncalayer/ncalayer-server.ts';
import type { DevelopmentAuthority } from '../pki/authority.ts';
import {
  crlFaults,
  ocspFaults,
  type RevocationService,
  type ServiceAnswer,
} from '../pki/revocation-service.ts';
import { Candidate, LifeEvent, SickList } from '../candidates/candidate-data.ts';
import { candidateFaults, candidateParts, type CandidatesSimulator } from '../candidates/candidates.ts';
import { type SkillsSimulator, TestFinished } from '../candidates/skills.ts';
import { digitalFaults, type DigitalDocumentsSimulator } from '../digital-documents/digital-documents.ts';
import { RegistryChange } from '../registries/registry-data.ts';
import {
  receiverFaults,
  receiverNames,
  type ReceiversSimulator,
  reportStates,
} from '../receivers/receivers.ts';
import { registryFaults, registryNames, type RegistriesSimulator } from '../registries/registries.ts';
import {
  breakages,
  defaultSmscSettings,
  receiptBehaviours,
  submitBehaviours,
  type SmscSimulator,
} from '../smsc/smsc.ts';
import { egovMobilePage, indexPage, ncalayerPage, receiversPage, smsPage } from './pages.ts';
import { chooseLanguage, type Language } from './texts.ts';

export interface Parts {
  authority: DevelopmentAuthority;
  revocation: RevocationService;
  ncalayer: NcalayerSimulator;
  egovMobile: EgovMobileSimulator;
  smsc: SmscSimulator;
  registries: RegistriesSimulator;
  candidates: CandidatesSimulator;
  skills: SkillsSimulator;
  receivers: ReceiversSimulator;
  digitalDocuments: DigitalDocumentsSimulator;
}

const NcalayerControl = z.strictObject({
  /** ИИН of the standing signer, or null for nobody. */
  signer: z.string().nullable().optional(),
  /** БИН when the same person is listed for several organisations. */
  bin: z.string().nullable().optional(),
  mode: z.enum(ncalayerModes).optional(),
});

const EgovMobileControl = z.strictObject({
  /** ИИН of the standing signer, or null for nobody. */
  signer: z.string().nullable().optional(),
  mode: z.enum(egovMobileModes).optional(),
});

const SmscControl = z.strictObject({
  listening: z.boolean().optional(),
  bind: z.enum(['accept', 'refuse', 'silent']).optional(),
  submit: z.enum(submitBehaviours).optional(),
  submitRate: z.number().min(0).max(1).optional(),
  responseDelayMs: z.number().min(0).max(600_000).optional(),
  enquireLink: z.enum(['answer', 'silent']).optional(),
  receipts: z.enum(receiptBehaviours).optional(),
  receiptDelayMs: z.number().min(0).max(600_000).optional(),
  receiptOddity: z.enum(['none', 'twice', 'unknown-too', 'before-response']).optional(),
  break: z.enum(breakages).optional(),
});

const RegistriesControl = z.strictObject({
  registry: z.enum([...registryNames, 'all']),
  fault: z.enum(registryFaults),
  rate: z.number().min(0).max(1).optional(),
  delayMs: z.number().min(0).max(600_000).optional(),
});

const ReceiversControl = z.strictObject({
  receiver: z.enum([...receiverNames, 'all']),
  fault: z.enum(receiverFaults),
});

const PkiControl = z.strictObject({
  ocsp: z.enum(ocspFaults).optional(),
  crl: z.enum(crlFaults).optional(),
  /** Serial number to revoke, hexadecimal. */
  revokeSerial: z.string().optional(),
  /** ИИН whose lasting certificates are all revoked. */
  revokePerson: z.string().optional(),
});

const MessagesQuery = z.strictObject({ phone: z.string().optional() });

/** The HTTP side. `parts` is asked at each request, because the authority needs the port first. */
export function createApp(parts: () => Parts): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
    context.header('x-content-type-options', 'nosniff');
  });
  app.use('/control/*', jsonOnly);
  app.use('/control/*', bodyLimit({ maxSize: 1_000_000 }));
  app.use('/ncalayer/*', sameOrigin);
  app.use('/egov-mobile/answer', sameOrigin);
  app.use('/sms/*', sameOrigin);
  app.use('/receivers/clear', sameOrigin);
  app.use('/receivers/report', sameOrigin);
  app.use('/skills/finish', sameOrigin);
  app.use('/digital-documents/phone', sameOrigin);

  app.get('/health', (context) => context.json({ status: 'ok' }));
  app.get('/', (context) => {
    const { smsc, ncalayer } = parts();
    const registries = new URL('/registries', context.req.url).href;
    return context.html(
      indexPage(languageOf(context), { smpp: smsc.url, ncalayer: ncalayer.url, registries }),
    );
  });

  addNcalayer(app, parts);
  addEgovMobile(app, parts);
  addSms(app, parts);
  addPki(app, parts);
  app.all('/registries/*', (context) => {
    const url = new URL(context.req.url);
    url.pathname = url.pathname.slice('/registries'.length);
    return parts().registries.app.fetch(new Request(url, context.req.raw));
  });
  addRegistryControls(app, parts);
  addCandidates(app, parts);
  addDigitalDocuments(app, parts);
  addReceivers(app, parts);
  app.post('/control/reset', async (context) => {
    const { ncalayer, egovMobile, smsc, registries, receivers, revocation } = parts();
    egovMobile.configure({ mode: 'ask', standing: null });
    await ncalayer.configure({ mode: 'ask', standing: null });
    await smsc.configure(defaultSmscSettings);
    registries.setFault('all', { fault: 'none', rate: 1 });
    parts().candidates.setFault('all', 'none');
    receivers.setFault('all', 'none');
    parts().digitalDocuments.setFault('none');
    revocation.faults = { ocsp: 'none', crl: 'none' };
    return context.json({ ok: true });
  });
  return app;
}

const DigitalControl = z.strictObject({
  fault: z.enum(digitalFaults).optional(),
  /** The owner replies to the SMS of a request. */
  reply: z.strictObject({ accessId: z.string(), agrees: z.boolean() }).optional(),
});

/** The digital documents service, and the phone of the owner on which its codes and questions arrive. */
function addDigitalDocuments(app: Hono, parts: () => Parts): void {
  const forward = (context: Context) => {
    const url = new URL(context.req.url);
    url.pathname = url.pathname.slice('/digital-documents'.length) || '/';
    return parts().digitalDocuments.app.fetch(new Request(url, context.req.raw));
  };
  app.all('/digital-documents', forward);
  app.all('/digital-documents/*', forward);
  app.get('/control/digital-documents', (context) =>
    context.json({ phone: parts().digitalDocuments.phone(context.req.query('iin')) }),
  );
  app.post('/control/digital-documents', async (context) => {
    const parsed = DigitalControl.safeParse(await context.req.json().catch(() => null));
    if (!parsed.success) return context.json({ error: 'bad-request' }, 400);
    const { fault, reply } = parsed.data;
    if (fault) parts().digitalDocuments.setFault(fault);
    if (reply && !parts().digitalDocuments.reply(reply.accessId, reply.agrees))
      return context.json({ error: 'not-found' }, 404);
    return context.json({ ok: true });
  });
}

const CandidatesControl = z.strictObject({
  fault: z
    .strictObject({ part: z.enum([...candidateParts, 'all']), fault: z.enum(candidateFaults) })
    .optional(),
  candidate: Candidate.partial().extend({ iin: Candidate.shape.iin }).optional(),
  lifeEvent: LifeEvent.optional(),
  sickList: SickList.optional(),
});

/** Systems that know candidates for the register of experts, news of registries, and the test platform. */
function addCandidates(app: Hono, parts: () => Parts): void {
  for (const name of ['candidates', 'skills'] as const) {
    const forward = (context: Context) => {
      const url = new URL(context.req.url);
      url.pathname = url.pathname.slice(`/${name}`.length) || '/';
      return parts()[name].app.fetch(new Request(url, context.req.raw));
    };
    app.all(`/${name}`, forward);
    app.all(`/${name}/*`, forward);
  }
  app.post('/control/candidates', async (context) => {
    const parsed = CandidatesControl.safeParse(await context.req.json().catch(() => null));
    if (!parsed.success) return context.json({ error: 'bad-request' }, 400);
    const { candidates } = parts();
    const { fault, candidate, lifeEvent, sickList } = parsed.data;
    if (fault) candidates.setFault(fault.part, fault.fault);
    if (candidate) candidates.put(candidate);
    if (lifeEvent) candidates.lifeEvent(lifeEvent);
    if (sickList) candidates.sickList(sickList);
    return context.json({ faults: candidates.faults() });
  });
  app.get('/control/skills', (context) => context.json({ invitations: parts().skills.invitations() }));
  app.post('/control/skills/finish', async (context) => {
    const parsed = TestFinished.safeParse(await context.req.json().catch(() => null));
    if (!parsed.success) return context.json({ error: 'bad-request' }, 400);
    const statuses = await parts().skills.finish(parsed.data);
    return statuses ? context.json({ statuses }) : context.json({ error: 'not-found' }, 404);
  });
}

function addNcalayer(app: Hono, parts: () => Parts): void {
  const back = (context: Context): Response => context.redirect(`/ncalayer?lang=${languageOf(context)}`, 303);
  app.get('/ncalayer', (context) => context.html(ncalayerPage(languageOf(context), parts().ncalayer)));
  app.post('/ncalayer/choose', async (context) => {
    const form = await context.req.parseBody();
    await parts().ncalayer.choose(String(form['request']), Number(form['signer']));
    return back(context);
  });
  app.post('/ncalayer/cancel', async (context) => {
    const form = await context.req.parseBody();
    parts().ncalayer.cancel(String(form['request']));
    return back(context);
  });
  app.post('/ncalayer/always', async (context) => {
    const form = await context.req.parseBody();
    const index = form['signer'] === '' ? null : Number(form['signer']);
    const { ncalayer } = parts();
    const exists = index !== null && ncalayer.signers[index] !== undefined;
    await ncalayer.configure(exists ? { mode: 'auto', standing: index } : { mode: 'ask', standing: null });
    return back(context);
  });
  app.get('/control/ncalayer', (context) => context.json(ncalayerState(parts().ncalayer)));
  app.post('/control/ncalayer', async (context) => {
    const control = NcalayerControl.safeParse(await context.req.json().catch(() => null));
    if (!control.success) return badControl(context, control.error);
    const { ncalayer } = parts();
    const { signer, bin, mode } = control.data;
    let standing: number | null | undefined;
    if (signer !== undefined) {
      const index = ncalayer.signers.findIndex(
        (each) => each.iin === signer && (bin === undefined || (each.bin ?? null) === bin),
      );
      if (signer !== null && index < 0) return context.json({ error: 'no such signer' }, 404);
      standing = signer === null ? null : index;
    }
    await ncalayer.configure({
      ...(standing === undefined ? {} : { standing }),
      ...(mode === undefined ? {} : { mode }),
    });
    return context.json(ncalayerState(ncalayer));
  });
}

function ncalayerState(ncalayer: NcalayerSimulator): object {
  const signer = ncalayer.standing === null ? undefined : ncalayer.signers[ncalayer.standing];
  return { mode: ncalayer.mode, signer: signer?.iin ?? null, pending: ncalayer.pending() };
}

function addEgovMobile(app: Hono, parts: () => Parts): void {
  app.get('/egov-mobile', (context) =>
    context.html(egovMobilePage(languageOf(context), parts().egovMobile, context.req.query('request'))),
  );
  // What the QR and the link hold: the phone has scanned.
  app.get('/egov-mobile/open/:id', (context) => {
    const id = context.req.param('id');
    if (!parts().egovMobile.open(id)) return context.redirect('/egov-mobile', 303);
    return context.redirect(`/egov-mobile?request=${encodeURIComponent(id)}`, 303);
  });
  app.post('/egov-mobile/answer', async (context) => {
    const form = await context.req.parseBody();
    const { egovMobile } = parts();
    const id = String(form['request']);
    if (form['signer'] === undefined) egovMobile.refuse(id);
    else await egovMobile.sign(id, Number(form['signer']));
    return context.redirect(`/egov-mobile?lang=${languageOf(context)}`, 303);
  });
  app.all('/egov-mobile/api/*', (context) => {
    const url = new URL(context.req.url);
    url.pathname = url.pathname.slice('/egov-mobile'.length);
    return parts().egovMobile.app.fetch(new Request(url, context.req.raw));
  });
  const state = ({ mode, standing, signers, pending }: EgovMobileSimulator): object => ({
    mode,
    signer: standing === null ? null : (signers[standing]?.iin ?? null),
    pending: pending(),
  });
  app.get('/control/egov-mobile', (context) => context.json(state(parts().egovMobile)));
  app.post('/control/egov-mobile', async (context) => {
    const control = EgovMobileControl.safeParse(await context.req.json().catch(() => null));
    if (!control.success) return badControl(context, control.error);
    const { egovMobile } = parts();
    const { signer, mode } = control.data;
    const index = egovMobile.signers.findIndex((each) => each.iin === signer);
    if (signer != null && index < 0) return context.json({ error: 'no such signer' }, 404);
    egovMobile.configure({
      ...(signer === undefined ? {} : { standing: signer === null ? null : index }),
      ...(mode === undefined ? {} : { mode }),
    });
    return context.json(state(egovMobile));
  });
}

function addSms(app: Hono, parts: () => Parts): void {
  app.get('/sms', (context) => context.html(smsPage(languageOf(context), parts().smsc.messages(), '')));
  app.post('/sms', sameOrigin, async (context) => {
    const phone = String((await context.req.parseBody())['phone'] ?? '').trim();
    return context.html(smsPage(languageOf(context), parts().smsc.messages(phone), phone));
  });
  app.post('/sms/clear', (context) => {
    parts().smsc.clear();
    return context.redirect(`/sms?lang=${languageOf(context)}`, 303);
  });
  app.post('/control/sms/messages', async (context) => {
    const query = MessagesQuery.safeParse(await context.req.json().catch(() => null));
    if (!query.success) return badControl(context, query.error);
    return context.json({ messages: parts().smsc.messages(query.data.phone) });
  });
  app.post('/control/sms/clear', (context) => {
    parts().smsc.clear();
    return context.json({ ok: true });
  });
  app.get('/control/smsc', (context) => {
    const { smsc } = parts();
    return context.json({ settings: smsc.settings, ...smsc.state() });
  });
  app.post('/control/smsc', async (context) => {
    const control = SmscControl.safeParse(await context.req.json().catch(() => null));
    if (!control.success) return badControl(context, control.error);
    const { break: breakage, ...change } = control.data;
    const { smsc } = parts();
    await smsc.configure(change);
    if (breakage !== undefined) smsc.break(breakage);
    return context.json({ settings: smsc.settings, ...smsc.state() });
  });
}

function addPki(app: Hono, parts: () => Parts): void {
  app.get('/pki/trust-anchors.pem', (context) =>
    context.body(parts().authority.trustAnchorsPem, 200, { 'content-type': 'application/x-pem-file' }),
  );
  // The demonstration's own key for issued documents; a real service gets its key from the national authority.
  app.get('/pki/service-key.pem', async (context) => context.text(await parts().authority.serviceKeyPem()));
  app.post('/pki/ocsp', bodyLimit({ maxSize: 10_000 }), async (context) => {
    const answer = await parts().revocation.answerOcsp(new Uint8Array(await context.req.arrayBuffer()));
    return serve(context, answer, 'application/ocsp-response');
  });
  app.get('/pki/crl', (context) =>
    serve(context, parts().revocation.answerCrl('rsa'), 'application/pkix-crl'),
  );
  app.get('/pki/crl/gost', (context) =>
    serve(context, parts().revocation.answerCrl('gost'), 'application/pkix-crl'),
  );
  app.post('/control/pki', async (context) => {
    const control = PkiControl.safeParse(await context.req.json().catch(() => null));
    if (!control.success) return badControl(context, control.error);
    const { authority, revocation } = parts();
    const { ocsp, crl, revokeSerial, revokePerson } = control.data;
    revocation.faults = { ocsp: ocsp ?? revocation.faults.ocsp, crl: crl ?? revocation.faults.crl };
    const revoked = revokePerson === undefined ? [] : await authority.revokePerson(revokePerson);
    if (revokeSerial !== undefined && !authority.revoke(revokeSerial.toLowerCase()))
      return context.json({ error: 'no such serial number' }, 404);
    return context.json({ faults: revocation.faults, counts: revocation.counts, revoked });
  });
}

function addRegistryControls(app: Hono, parts: () => Parts): void {
  const state = (registries: RegistriesSimulator): object => ({
    faults: registries.faults(),
    calls: registries.calls(),
  });
  app.get('/control/registries', (context) => context.json(state(parts().registries)));
  app.post('/control/registries', async (context) => {
    const control = RegistriesControl.safeParse(await context.req.json().catch(() => null));
    if (!control.success) return badControl(context, control.error);
    const { registry, fault, rate = 1, delayMs } = control.data;
    const { registries } = parts();
    registries.setFault(registry, { fault, rate, ...(delayMs === undefined ? {} : { delayMs }) });
    return context.json(state(registries));
  });
  app.post('/control/registries/data', async (context) => {
    const change = RegistryChange.safeParse(await context.req.json().catch(() => null));
    if (!change.success) return badControl(context, change.error);
    const problem = parts().registries.change(change.data);
    return problem === null ? context.json({ ok: true }) : context.json({ error: problem }, 400);
  });
}

function addReceivers(app: Hono, parts: () => Parts): void {
  app.get('/receivers', (context) =>
    context.html(receiversPage(languageOf(context), parts().receivers.inbox())),
  );
  app.post('/receivers/clear', (context) => {
    parts().receivers.clear();
    return context.redirect(`/receivers?lang=${languageOf(context)}`, 303);
  });
  app.all('/receivers/:name/messages', (context) => {
    const url = new URL(context.req.url);
    url.pathname = url.pathname.slice('/receivers'.length);
    return parts().receivers.app.fetch(new Request(url, context.req.raw));
  });
  const Report = z.strictObject({ actNo: z.string().min(1), state: z.enum(reportStates) });
  app.post('/control/receivers/report', async (context) => {
    const report = Report.safeParse(await context.req.json().catch(() => null));
    if (!report.success) return badControl(context, report.error);
    const statuses = await parts().receivers.report(report.data.actNo, report.data.state);
    return statuses ? context.json({ statuses }) : context.json({ error: 'not-found' }, 404);
  });
  app.post('/receivers/report', async (context) => {
    const report = Report.safeParse(await context.req.parseBody());
    if (report.success) await parts().receivers.report(report.data.actNo, report.data.state);
    return context.redirect(`/receivers?lang=${languageOf(context)}`, 303);
  });
  const state = (receivers: ReceiversSimulator): object => ({
    faults: receivers.faults(),
    messages: receivers.inbox(),
  });
  app.get('/control/receivers', (context) => context.json(state(parts().receivers)));
  app.post('/control/receivers', async (context) => {
    const control = ReceiversControl.safeParse(await context.req.json().catch(() => null));
    if (!control.success) return badControl(context, control.error);
    parts().receivers.setFault(control.data.receiver, control.data.fault);
    return context.json(state(parts().receivers));
  });
}

/** A silent service keeps the caller waiting until one of the two goes away. */
async function serve(context: Context, answer: ServiceAnswer, type: string): Promise<Response> {
  if (answer === 'silent') {
    const { signal } = context.req.raw;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 600_000);
      timer.unref();
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    return context.body(null, 504);
  }
  if ('httpStatus' in answer) return context.body(null, answer.httpStatus as 500);
  return context.body(Uint8Array.from(answer.body), 200, { 'content-type': type });
}

function languageOf(context: Context): Language {
  return chooseLanguage(context.req.query('lang'), context.req.header('accept-language'));
}

function badControl(context: Context, error: z.ZodError): Response {
  return context.json({ error: 'bad-request', issues: error.issues }, 400);
}

/** A page of somebody else cannot send JSON here without the browser asking first, and we never allow it. */
const jsonOnly: MiddlewareHandler = async (context, next) => {
  const type = context.req.header('content-type') ?? '';
  if (context.req.method === 'POST' && !type.startsWith('application/json'))
    return context.json({ error: 'send application/json' }, 415);
  return next();
};

/** Forms are taken only from our own pages. */
const sameOrigin: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin');
  const host = context.req.header('host');
  const isForeign = origin !== undefined && URL.canParse(origin) && new URL(origin).host !== host;
  if (context.req.method === 'POST' && isForeign) return context.text('Forbidden', 403);
  return next();
};
