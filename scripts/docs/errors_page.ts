import { ERROR_AREAS } from '../../src/error_codes.ts'
import { code, page, table } from './markdown.ts'

/** Every code, by where it is met. */
export function errorsPage(): string {
  return page(
    'Error codes',
    'src/error_codes.ts and the tables it collects',
    'Codes are stable: scripts may rely on them. Messages may change; they say what was being done, what was found, and what to do.',
    ...ERROR_AREAS.flatMap(({ title, about, codes }) => [
      `## ${title}`,
      about,
      table(
        ['Code', 'What it means, or what to do'],
        Object.entries(codes).map(([name, text]) => [code(name), sentence(text)]),
      ),
    ]),
  )
}

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`
