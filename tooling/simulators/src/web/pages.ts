/** The three pages for people: what is simulated, who signs, which SMS came. */
import type { EgovMobileSimulator, PhoneRequest } from '../egov-mobile/egov-mobile.ts';
import { html } from 'hono/html';
import type { DemoSigner, NcalayerSimulator, PendingRequest } from '../ncalayer/ncalayer-server.ts';
import type { InboxMessage } from '../smsc/message-store.ts';
import { type ReceivedMessage, reportStates } from '../receivers/receivers.ts';
import { renderPage, type Html } from './layout.ts';
import { texts, type Language, type Texts } from './texts.ts';

export interface Addresses {
  smpp: string;
  ncalayer: string;
  registries: string;
}

/** What each simulator is and where it answers. */
export function indexPage(language: Language, addresses: Addresses): Html {
  const words = texts[language];
  // The password stands in the address for programs; a page need not show it.
  const smpp = addresses.smpp.replace(/\/\/[^@]*@/, '//');
  return renderPage({
    language,
    title: words.title,
    path: '/',
    body: html`
      <div class="card">
        <h2><a href="/ncalayer?lang=${language}">${words.ncalayerTitle}</a></h2>
        <p>${words.ncalayerAbout}</p>
        <p class="soft">${addresses.ncalayer}</p>
      </div>
      <div class="card">
        <h2><a href="/egov-mobile?lang=${language}">${words.egovMobileTitle}</a></h2>
        <p>${words.egovMobileAbout}</p>
      </div>
      <div class="card">
        <h2><a href="/sms?lang=${language}">${words.smsTitle}</a></h2>
        <p>${words.smsAbout}</p>
        <p class="soft">${smpp}</p>
      </div>
      <div class="card">
        <h2><a href="/receivers?lang=${language}">${words.receiversTitle}</a></h2>
        <p>${words.receiversAbout}</p>
      </div>
      <div class="card">
        <h2>${words.registriesTitle}</h2>
        <p>${words.registriesAbout}</p>
        <p class="soft">${addresses.registries}</p>
      </div>
      <div class="card">
        <h2>${words.pkiTitle}</h2>
        <p>${words.pkiAbout}</p>
        <p><a href="/pki/trust-anchors.pem">${words.trustAnchors}</a></p>
      </div>
    `,
  });
}

const REFRESH_SECONDS = 3;

/** Requests waiting for a signature, and the people who can give it. */
export function ncalayerPage(language: Language, ncalayer: NcalayerSimulator): Html {
  const words = texts[language];
  const pending = ncalayer.pending();
  return renderPage({
    language,
    title: words.ncalayerTitle,
    path: '/ncalayer',
    // While a person reads a request the page stands still.
    ...(pending.length === 0 ? { refreshSeconds: REFRESH_SECONDS } : {}),
    body: html`
      ${modeNotice(words, ncalayer)}
      <h2>${words.waiting}</h2>
      ${
        pending.length === 0
          ? html`<p class="card">${words.nothingWaiting}</p>`
          : pending.map((each) => requestCard(words, language, each, ncalayer.signers))
      }
      <h2>${words.always}</h2>
      ${standingCard(words, language, ncalayer)}
      ${
        ncalayer.signers.length === 0
          ? html`<p>${words.noPeople}</p>`
          : html`<ul class="people">
              ${ncalayer.signers.map((each, index) =>
                personItem(words, language, each, '/ncalayer/always', index, words.alwaysButton, null),
              )}
            </ul>`
      }
    `,
  });
}

function modeNotice(words: Texts, ncalayer: NcalayerSimulator): Html {
  if (ncalayer.mode === 'auto' || ncalayer.mode === 'ask') return html``;
  if (ncalayer.mode === 'down') return html`<p class="warn">${words.modeDown}</p>`;
  return html`<p class="warn">${words.modeOther} ${ncalayer.mode}</p>`;
}

function standingCard(words: Texts, language: Language, ncalayer: NcalayerSimulator): Html {
  const signer =
    ncalayer.mode === 'auto' && ncalayer.standing !== null ? ncalayer.signers[ncalayer.standing] : undefined;
  if (signer === undefined) return html`<p>${words.alwaysNobody}</p>`;
  return html`<div class="card">
    <p>${words.alwaysNow} <strong>${fullName(signer)}</strong>, ${signer.label}</p>
    <form method="post" action="/ncalayer/always?lang=${language}">
      <button class="second" name="signer" value="">${words.alwaysStop}</button>
    </form>
  </div>`;
}

function requestCard(
  words: Texts,
  language: Language,
  request: PendingRequest,
  signers: readonly DemoSigner[],
): Html {
  return html`<section class="card" aria-labelledby="request-${request.id}">
    <h3 id="request-${request.id}">
      № ${request.id}: ${request.purpose === 'auth' ? words.purposeAuth : words.purposeSign}
    </h3>
    <dl>
      <dt>${words.asks}</dt>
      <dd>${request.origin === '' ? '—' : request.origin}</dd>
      <dt>${words.at}</dt>
      <dd>${clockTime(request.askedAt)}</dd>
    </dl>
    <p>${words.exactly}:</p>
    ${request.documents.map((each) =>
      each.text === null
        ? html`<pre>
${words.binary}: ${each.bytes} ${words.bytes}
SHA-256 ${each.sha256}</pre>`
        : html`<pre>${each.text}</pre>`,
    )}
    <h4>${words.whoSigns}</h4>
    <ul class="people">
      ${signers.map((each, index) =>
        request.kind === 'organization' && each.bin == null
          ? html``
          : personItem(words, language, each, '/ncalayer/choose', index, words.signButton, request.id),
      )}
    </ul>
    <form method="post" action="/ncalayer/cancel?lang=${language}">
      <p><button class="second" name="request" value="${request.id}">${words.cancelButton}</button></p>
    </form>
  </section>`;
}

function personItem(
  words: Texts,
  language: Language,
  signer: DemoSigner,
  action: string,
  index: number,
  button: string,
  requestId: string | null,
): Html {
  return html`<li>
    <strong>${fullName(signer)}</strong>
    <span>${signer.label}</span>
    ${signer.organization == null ? '' : html`<span class="soft">${signer.organization}</span>`}
    <span class="soft">${words.iin} ${signer.iin}</span>
    <form method="post" action="${action}?lang=${language}">
      ${requestId === null ? '' : html`<input type="hidden" name="request" value="${requestId}" />`}
      <button
        class="${requestId === null ? 'second' : ''}"
        name="signer"
        value="${index}"
        aria-label="${button}: ${fullName(signer)}, ${signer.label}"
      >
        ${button}
      </button>
    </form>
  </li>`;
}

function fullName(signer: DemoSigner): string {
  return [signer.surname, signer.name, signer.patronymic]
    .filter((each) => each !== null && each !== '')
    .join(' ');
}

/** The phone: what is asked with the code to compare, and who holds the phone. `chosen` is the request whose QR was scanned. */
export function egovMobilePage(
  language: Language,
  phone: EgovMobileSimulator,
  chosen: string | undefined,
): Html {
  const words = texts[language];
  const pending = phone.pending().filter(({ id }) => chosen === undefined || id === chosen);
  return renderPage({
    language,
    title: words.egovMobileTitle,
    path: '/egov-mobile',
    // While a person reads a request the page stands still.
    ...(pending.length === 0 ? { refreshSeconds: REFRESH_SECONDS } : {}),
    body: html`
      ${phone.mode === 'ask' ? '' : html`<p class="warn">${words.modeOther} ${phone.mode}</p>`}
      ${pending.length === 0 ? html`<p class="card">${words.nothingWaiting}</p>` : ''}
      ${pending.map((each) => phoneCard(words, language, each, phone.signers))}
    `,
  });
}

function phoneCard(
  words: Texts,
  language: Language,
  request: PhoneRequest,
  signers: readonly DemoSigner[],
): Html {
  return html`<section class="card" aria-labelledby="request-${request.id}">
    <h2 id="request-${request.id}">${request.description}</h2>
    <p>${words.compare}</p>
    <dl>
      <dt>${words.at}</dt>
      <dd>${clockTime(request.askedAt)}</dd>
    </dl>
    ${
      request.documents.length === 0
        ? html`<p role="status">${words.nothingHandedOver}</p>`
        : html`<p>${words.exactly}:</p>
            ${request.documents.map((each) => html`<pre>${each.text}</pre>`)}
            <h3>${words.whoSigns}</h3>
            <ul class="people">
              ${signers.map((each, index) =>
                personItem(words, language, each, '/egov-mobile/answer', index, words.signButton, request.id),
              )}
            </ul>`
    }
    <form method="post" action="/egov-mobile/answer?lang=${language}">
      <p><button class="second" name="request" value="${request.id}">${words.cancelButton}</button></p>
    </form>
  </section>`;
}

/** The inbox of all phones, or of one. The number travels in a form, never in an address. */
export function smsPage(language: Language, messages: readonly InboxMessage[], phone: string): Html {
  const words = texts[language];
  const shown = messages.slice(0, 200);
  return renderPage({
    language,
    title: words.smsTitle,
    path: '/sms',
    body: html`
      <div class="row">
        <form method="post" action="/sms?lang=${language}">
          <div>
            <label for="phone">${words.phone}</label>
            <input id="phone" name="phone" type="tel" autocomplete="off" value="${phone}" />
          </div>
          <button>${words.show}</button>
        </form>
        <form method="get" action="/sms">
          <input type="hidden" name="lang" value="${language}" />
          <button class="second">${phone === '' ? words.refresh : words.showAll}</button>
        </form>
        <form method="post" action="/sms/clear?lang=${language}">
          <button class="second">${words.clear}</button>
        </form>
      </div>
      <p role="status">
        ${messages.length === 0 ? words.noMessages : html`${words.messagesFor} ${messages.length}`}
      </p>
      ${shown.map(
        (each) =>
          html`<article class="card message">
            <h2>№ ${each.number}: ${each.to}</h2>
            <p>${each.text}</p>
            <dl>
              <dt>${words.from}</dt>
              <dd>${each.from}</dd>
              <dt>${words.at}</dt>
              <dd>${clockTime(each.at)}</dd>
              <dt>${words.parts}</dt>
              <dd>${each.partsReceived} / ${each.partsExpected}</dd>
              <dt>${words.state}</dt>
              <dd>${words[each.state]}</dd>
            </dl>
          </article>`,
      )}
    `,
  });
}

/** What the receiving systems hold, newest first. */
export function receiversPage(language: Language, messages: readonly ReceivedMessage[]): Html {
  const words = texts[language];
  return renderPage({
    language,
    title: words.receiversTitle,
    path: '/receivers',
    body: html`
      <div class="row">
        <form method="get" action="/receivers">
          <input type="hidden" name="lang" value="${language}" />
          <button class="second">${words.refresh}</button>
        </form>
        <form method="post" action="/receivers/clear?lang=${language}">
          <button class="second">${words.clear}</button>
        </form>
      </div>
      <p role="status">
        ${messages.length === 0 ? words.noMessages : html`${words.messagesFor} ${messages.length}`}
      </p>
      ${messages.slice(0, 200).map(
        (each) =>
          html`<article class="card message">
            <h2>${each.destination}: ${each.kind}</h2>
            <pre>${JSON.stringify(each.payload, null, 2)}</pre>
            <dl>
              <dt>${words.at}</dt>
              <dd>${clockTime(each.receivedAt)}</dd>
              <dt>${words.receiverKey}</dt>
              <dd>${each.onceKey}</dd>
              <dt>${words.deliveries}</dt>
              <dd>${each.deliveries}</dd>
            </dl>
            ${
              each.kind === 'programme.approved'
                ? html`<form method="post" action="/receivers/report?lang=${language}">
                    <input type="hidden" name="actNo" value="${String(each.payload['actNo'])}" />
                    ${reportStates.map(
                      (state) => html`<button class="second" name="state" value="${state}">${state}</button>`,
                    )}
                  </form>`
                : ''
            }
          </article>`,
      )}
    `,
  });
}

function clockTime(moment: Date): string {
  const parts = new Intl.DateTimeFormat('ru-RU', {
    timeZone: 'Asia/Almaty',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return parts.format(moment).replace(',', '');
}
