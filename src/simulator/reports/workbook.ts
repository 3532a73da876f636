import { crc32 } from 'node:zlib'

/** A member of a zip archive. */
interface Member {
  readonly name: string
  readonly data: Buffer
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const NEW_YEAR_1980 = 0x21 // the first day a zip can tell

/** The part of a member's header that both of its places have in common: stored as it is, without compression. */
function described({ name, data }: Member): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(20, 0)
  header.writeUInt16LE(NEW_YEAR_1980, 8)
  header.writeUInt32LE(crc32(data), 10)
  header.writeUInt32LE(data.length, 14)
  header.writeUInt32LE(data.length, 18)
  header.writeUInt16LE(Buffer.byteLength(name), 22)
  return header
}

const number = (value: number, bytes: 2 | 4): Buffer => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntLE(value, 0, bytes)
  return buffer
}

function zip(members: readonly Member[]): Buffer {
  const files: Buffer[] = []
  const places: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const name = Buffer.from(member.name)
    const file = Buffer.concat([number(LOCAL, 4), described(member), name, member.data])
    files.push(file)
    places.push(
      number(CENTRAL, 4),
      number(20, 2),
      described(member),
      Buffer.alloc(10), // no comment, first disk, plain file
      number(offset, 4),
      name,
    )
    offset += file.length
  }
  const directory = Buffer.concat(places)
  const count = number(members.length, 2)
  const end = Buffer.concat([
    number(END, 4),
    Buffer.alloc(4),
    count,
    count,
    number(directory.length, 4),
    number(offset, 4),
    Buffer.alloc(2),
  ])
  return Buffer.concat([...files, directory, end])
}

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[^\P{Cc}\t\n\r]/gu, '') // XML has no place for other control characters

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const PARTS: readonly (readonly [name: string, text: string])[] = [
  [
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="Report" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
]

const cell = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

/** Lines of texts as an Excel workbook of one sheet. */
export function workbookOf(lines: Iterable<readonly string[]>): Buffer {
  const rows: string[] = []
  for (const line of lines) rows.push(`<row>${line.map(cell).join('')}</row>`)
  const sheet = `<worksheet xmlns="${SHEET}"><sheetData>${rows.join('')}</sheetData></worksheet>`
  const parts = [...PARTS, ['xl/worksheets/sheet1.xml', sheet] as const]
  return zip(parts.map(([name, text]) => ({ name, data: Buffer.from(XML + text) })))
}
