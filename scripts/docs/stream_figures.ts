import type { Column } from '../../src/core/table.ts'
import { code, table } from './markdown.ts'
import { factsOf, fieldOf, type ListedStream } from './stream_text.ts'
import { hoursWord } from './stream_words.ts'

/** Every figure of these reports once, as it is in the first that has it: breakdowns, which are later, come last. */
export const figureRows = (reports: readonly ListedStream[]): readonly (readonly string[])[] =>
  [...sharedFigures(reports).values()].map((column) => [
    code(column.name),
    column.type,
    fieldOf(column),
    column.totals ?? '',
    hoursWord(column.latencyHours),
    column.about,
  ])

/** A report, with the columns that are no figures, and the names of those that are. */
export function reportText(stream: ListedStream, before: readonly ListedStream[]): readonly string[] {
  const own = stream.table.columns.filter((column) => !isFigure(column))
  return [
    `### ${stream.table.name}`,
    factsOf(stream),
    table(
      ['Column', 'Type', "TikTok's field", 'About'],
      own.map((column) => [code(column.name), column.type, fieldOf(column), column.about]),
    ),
    figuresOf(stream, before),
  ]
}

const isFigure = ({ totals }: Column): boolean => totals !== null

const figuresIn = ({ table: { columns } }: ListedStream): readonly Column[] => columns.filter(isFigure)

function sharedFigures(reports: readonly ListedStream[]): ReadonlyMap<string, Column> {
  const shared = new Map<string, Column>()
  for (const column of reports.flatMap(figuresIn)) if (!shared.has(column.name)) shared.set(column.name, column)
  return shared
}

const NAMED_MAX = 6 // differences that still read better than the whole list

/** Names of the figures, or the table before it that has nearly the same ones; and what is other about them here. */
function figuresOf(stream: ListedStream, before: readonly ListedStream[]): string {
  const twin = before.find((one) => spell(one) === spell(stream))
  if (twin) return `Figures: those of ${linkTo(twin)}.`
  const [like] = before
    .map((one) => ({ one, ...differences(stream, one) }))
    .filter(({ more, less }) => more.length + less.length <= NAMED_MAX)
    .sort((a, b) => a.more.length + a.less.length - b.more.length - b.less.length)
  if (!like) {
    const names = namesOf(stream)
    return [`Figures (${names.length}): ${names.map(code).join(', ')}.`, ...remarksOn(stream)].join(' ')
  }
  const words = [
    ...(like.more.length > 0 ? [`and ${like.more.map(code).join(', ')}`] : []),
    ...(like.less.length > 0 ? [`without ${like.less.map(code).join(', ')}`] : []),
  ]
  const remarks = remarksOn(stream)
  // What is told of the other table must not seem to hold here.
  const isPlainer = remarks.length === 0 && remarksOn(like.one).length > 0
  return [
    `Figures: ${[`those of ${linkTo(like.one)}`, ...words].join(', ')}.`,
    ...(isPlainer ? ['They are done as soon as the table of figures says.'] : remarks),
  ].join(' ')
}

const linkTo = ({ table: { name } }: ListedStream): string => `[${code(name)}](#${name})`

const namesOf = (stream: ListedStream): readonly string[] => figuresIn(stream).map(({ name }) => name)

function differences(one: ListedStream, other: ListedStream) {
  const [own, theirs] = [namesOf(one), namesOf(other)]
  return {
    more: own.filter((name) => !theirs.includes(name)),
    less: theirs.filter((name) => !own.includes(name)),
  }
}

/** In which way all figures of a table differ from what is told of them once. */
function remarksOn(stream: ListedStream): readonly string[] {
  const figures = figuresIn(stream)
  const hours = Math.min(...figures.map(({ latencyHours }) => latencyHours ?? 0))
  return [
    ...(hours > 0 ? [`They are done after ${hours} hours at the soonest.`] : []),
    ...(figures.every(({ totals }) => totals === 'none')
      ? ['One impression may stand in several rows, so nothing here adds up.']
      : []),
  ]
}

const spell = (stream: ListedStream): string =>
  JSON.stringify(figuresIn(stream).map(({ name, totals, latencyHours }) => [name, totals, latencyHours]))
