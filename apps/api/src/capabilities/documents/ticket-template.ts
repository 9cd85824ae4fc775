/**
 * The ticket as a Typst document. Everything comes in as data (`sys.inputs.data`, JSON), so a name or an address stays text and
 * can never become markup. The QR is a bitmap of whole modules, drawn without smoothing, with its quiet zone inside.
 */
export const TICKET_TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#let small = data.size == "a6"
#set document(title: data.title, author: data.author)
#set text(lang: data.lang, region: "KZ", font: "Noto Sans", size: if small { 8pt } else { 12pt })
#set page(paper: data.size, margin: if small { 0.8cm } else { 2cm })
#set par(leading: 0.55em, spacing: if small { 0.7em } else { 0.9em })
#show heading.where(level: 1): set text(size: if small { 22pt } else { 40pt }, weight: "bold")
#show heading.where(level: 2): set text(size: if small { 9pt } else { 14pt }, weight: "bold")
#show heading: set block(above: 0.8em, below: 0.6em)

#let details = {
  for row in data.rows {
    par[#text(fill: luma(70), row.label)\\ #strong(row.value)]
  }
}

= #data.title

#if data.void != none [
  #block(stroke: 3pt, inset: 0.8em, width: 100%)[
    #text(size: if small { 14pt } else { 24pt }, weight: "bold", data.void)

    #data.why
  ]
  #details
] else [
  #grid(
    columns: (if small { 3.8cm } else { 5.2cm }, 1fr),
    column-gutter: if small { 0.4cm } else { 0.8cm },
    [
      #image("/qr.png", width: 100%, alt: data.qr, scaling: "pixelated")
      #text(size: 0.85em, data.hint)
    ],
    details,
  )
  == #data.rulesTitle
  #list(..data.rules.map((rule) => [#rule]))
  #link(data.link)[#data.linkText] #text(fill: luma(70), data.link)
]
`;
