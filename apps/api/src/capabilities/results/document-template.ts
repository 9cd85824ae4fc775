/**
 * A document of a conclusion as a Typst page. Everything comes in as data, so that nothing can become markup. The order of the source
 * is the order of reading: issuer, name and number, the person, the content, the measures, how to check it.
 */
export const DOCUMENT_TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: data.issuer.at(0))
#set text(lang: data.lang, region: "KZ", font: "Noto Sans", size: 11pt)
#set page(
  paper: "a4",
  margin: (x: 2cm, top: 2cm, bottom: 2.2cm),
  footer: context text(size: 9pt, fill: luma(70))[#data.footer #h(1fr) #counter(page).display("1 / 1", both: true)],
)
#set par(leading: 0.6em, spacing: 0.8em)
#show heading.where(level: 1): set text(size: 17pt, weight: "bold")
#show heading.where(level: 2): set text(size: 12pt, weight: "bold")
#show heading: set block(above: 1.3em, below: 0.7em)

#let rows(list) = grid(
  columns: (38%, 1fr),
  row-gutter: 0.7em,
  column-gutter: 0.8em,
  ..list.map((row) => (text(fill: luma(70), row.label), strong(row.value))).flatten(),
)

#text(size: 10pt, fill: luma(50), data.issuer.join(linebreak()))

= #data.title

#text(size: 13pt)[№ #strong(data.number)]

== #data.headings.person
#rows(data.person)

== #data.headings.content
#rows(data.content)

#for part in data.lists [
  == #part.heading
  #list(..part.items.map((item) => [#item]))
]

== #data.headings.check
#grid(
  columns: (3.6cm, 1fr),
  column-gutter: 0.8cm,
  align: (left, horizon),
  image("/qr.png", width: 100%, alt: data.check.qr, scaling: "pixelated"),
  [
    #data.check.hint

    #link(data.check.link)[#data.check.link]

    #data.check.signed
  ],
)
`;
