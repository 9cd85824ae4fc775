/** RG-20: the contract as Typst; everything it shows comes as data. */
export const CONTRACT_TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set page(paper: "a4", margin: (x: 25mm, y: 20mm), numbering: "1")
#set text(font: "Noto Sans", size: 10.5pt, lang: data.lang)
#set par(justify: false, leading: 0.7em)
#for part in data.parts [
  #set text(lang: part.lang)
  #heading(level: 1, text(size: 14pt, part.heading))
  #for line in part.lines [
    #par(line)
  ]
  #v(6mm)
]
#heading(level: 2, text(size: 12pt, data.signatures))
#for signature in data.signed [
  #par(signature)
]
`;
