/**
 * A protocol journal as Typst pages, landscape: one day, or a month with its cover, all sheets numbered in order and the label for the
 * lacing at the end (JR-02, JR-04). Headings are bilingual as in the annexes; cells are Kazakh, with the Russian below where it differs.
 */
export const PROTOCOL_TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: "kk", region: "KZ", font: "Noto Sans", size: data.size * 1pt)
#let cover = data.at("cover", default: none)
#set page(
  paper: data.paper,
  flipped: true,
  margin: (x: 1.2cm, top: 1.4cm, bottom: 1.4cm),
  footer: context text(fill: luma(60))[#data.footer #h(1fr) #counter(page).display("1 / 1", both: true)],
)
#set par(leading: 0.5em, spacing: 0.6em)
#set table(stroke: 0.5pt + luma(90), inset: 3pt)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 11pt)

// Long Russian words are divided; the columns are narrow.
#let ru(body) = text(lang: "ru", hyphenate: true, body)
#let both(pair) = if pair.kk == pair.ru { [#pair.kk] } else { [#pair.kk \\ #ru(pair.ru)] }

#if cover != none [
  #align(center)[
    #both(cover.ministry)
    #v(0.5em)
    #both(cover.committee)
    #v(0.5em)
    #both(cover.place)
    #v(3em)
    = #data.title
    #ru(cover.title-ru)
    #v(3em)
  ]
  #par[#both(cover.begun)]
  #par[#both(cover.ended)]
]

#for (index, day) in data.days.enumerate() [
  #if cover != none or index > 0 { pagebreak(weak: true) }
  #if cover == none [= #data.title]
  #par[#both(day.place)]
  == #day.heading.kk \\ #ru(day.heading.ru)
  #table(
    columns: data.widths.map((width) => width * 1fr),
    table.header(
      ..data.columns.map((pair) => text(weight: "bold", both(pair))),
      ..range(data.columns.len()).map((number) => align(center, str(number + 1))),
    ),
    ..day.rows.map((row) => row.map(both)).flatten(),
  )
  #if day.corrections.len() > 0 [
    #par[#strong(both(data.labels.corrections))]
    #list(..day.corrections.map(both))
  ]
  #par[#both(data.labels.head): #day.head]
  #par[#both(data.labels.specialists): #day.specialists]
  #par[#both(data.labels.stamp)]
]

#if cover != none [
  #pagebreak(weak: true)
  == #cover.laced.kk \\ #ru(cover.laced.ru)
  #par[#both(cover.sheets): #context counter(page).final().at(0)  #box(width: 8cm, line(length: 100%, stroke: 0.5pt)) #both(cover.in-words)]
  #par[#both(data.labels.head): #cover.head]
  #par[#both(data.labels.stamp)]
  #par[#both(cover.hash): #cover.hash-value]
]
`;
