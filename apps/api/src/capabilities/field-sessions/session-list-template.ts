/** The list of a field session as a Typst page, landscape: facts above, one row for each person, a line for the signature. */
export const SESSION_LIST_TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.lang, font: "Noto Sans", size: 10pt)
#set page(
  paper: "a4",
  flipped: true,
  margin: (x: 1.5cm, y: 1.5cm),
  footer: context align(right, counter(page).display("1 / 1", both: true)),
)
#set table(stroke: 0.5pt + luma(90), inset: 5pt)

= #data.title

#for fact in data.facts [
  #par[#strong(fact.at(0)): #fact.at(1)]
]

#if data.rows.len() == 0 [
  #par(data.none)
] else [
  #table(
    columns: (auto, 3fr, 2fr, 2fr, 3fr, 2fr, 2fr),
    table.header(..data.columns.map((name) => strong(name))),
    ..data.rows.flatten(),
  )
]

#v(1em)
#par[#data.signature: #box(width: 6cm, line(length: 100%, stroke: 0.5pt))]
`;
