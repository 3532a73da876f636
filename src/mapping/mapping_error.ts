/** A mapping that cannot be compiled (`mapping.invalid`), or one that failed on an event (`mapping.failed`). */
export class MappingError extends Error {
  override readonly name = 'MappingError'
  readonly code: 'mapping.invalid' | 'mapping.failed'
  /** Where in the mapping, such as `contents.@arrayPath[1].price`; empty for the mapping itself. */
  readonly path: string
  /** The message without what was being done and where. */
  readonly problem: string

  constructor(code: MappingError['code'], path: string, problem: string, options: ErrorOptions = {}) {
    const attempt = code === 'mapping.invalid' ? 'Cannot compile the mapping' : 'Cannot map the event'
    super(`${attempt}: ${path === '' ? '' : `${path}: `}${problem}`, options)
    this.code = code
    this.path = path
    this.problem = problem
  }
}
