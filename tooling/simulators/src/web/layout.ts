/** The common frame of the simulator pages. */
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { languageNames, languages, texts, type Language } from './texts.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Page {
  language: Language;
  title: string;
  /** Path of the page, for the links that change the language. */
  path: string;
  body: Html;
  /** Seconds after which the page loads itself again; only where nothing can be lost by it. */
  refreshSeconds?: number;
}

const style = `
:root{--ink:#14213d;--soft:#434b5c;--line:#c9ced8;--paper:#fff;--ground:#f3f5f9;--accent:#0a5c63;--warn:#8a3b00}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 "Noto Sans",system-ui,sans-serif}
a{color:var(--accent)}
.frame{max-width:60rem;margin:0 auto;padding:1rem}
.banner{background:#fff4d6;border-bottom:3px solid #d99a00}
.banner p{margin:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.2rem;margin:1.5rem 0 .5rem}
h3{font-size:1.05rem;margin:0 0 .25rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 1rem}
.people{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.75rem}
.people li{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:.75rem;display:flex;flex-direction:column;gap:.25rem}
.people form{margin-top:auto}
.soft{color:var(--soft)}
button{font:inherit;min-height:2.75rem;padding:.4rem 1rem;border:2px solid var(--accent);border-radius:.4rem;background:var(--accent);color:#fff;cursor:pointer}
button.second{background:var(--paper);color:var(--accent)}
button:focus-visible,a:focus-visible,input:focus-visible{outline:3px solid #d99a00;outline-offset:2px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--ground);border:1px solid var(--line);border-radius:.4rem;padding:.75rem;margin:.25rem 0;font:.95rem/1.45 ui-monospace,monospace}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
label{display:block;font-weight:600}
input[type=tel]{font:inherit;min-height:2.75rem;padding:.4rem .6rem;border:2px solid var(--ink);border-radius:.4rem;width:14rem;max-width:100%}
.row{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:0 0 1rem}
.row form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}
.message p{margin:.25rem 0;font-size:1.1rem;white-space:pre-wrap;overflow-wrap:anywhere}
.warn{color:var(--warn);font-weight:600}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.25rem}}
`;

/** Renders a page of the simulators. No scripts: everything works by links and forms. */
export function renderPage(page: Page): Html {
  const words = texts[page.language];
  const refresh =
    page.refreshSeconds === undefined
      ? ''
      : raw(`<meta http-equiv="refresh" content="${page.refreshSeconds}">`);
  return html`<!doctype html>
    <html lang="${page.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>${page.title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header class="banner">
          <div class="frame"><p>${words.honest}</p></div>
        </header>
        <div class="frame">
          <nav>
            <ul>
              <li><a href="/?lang=${page.language}">${words.home}</a></li>
              <li><a href="/ncalayer?lang=${page.language}">NCALayer</a></li>
              <li><a href="/egov-mobile?lang=${page.language}">eGov Mobile</a></li>
              <li><a href="/sms?lang=${page.language}">SMS</a></li>
              <li><a href="/receivers?lang=${page.language}">${words.receiversTitle}</a></li>
              ${languages
                .filter((each) => each !== page.language)
                .map(
                  (each) =>
                    html`<li>
                      <a href="${page.path}?lang=${each}" lang="${each}" hreflang="${each}"
                        >${languageNames[each]}</a
                      >
                    </li>`,
                )}
            </ul>
          </nav>
          <main>
            <h1>${page.title}</h1>
            ${page.body}
          </main>
        </div>
      </body>
    </html>`;
}
